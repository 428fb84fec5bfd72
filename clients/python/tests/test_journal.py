import os
import tempfile
import unittest

from lemma.journal import HEAD, Journal, read


class JournalTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self._folder.name, "a.journal")
        journal = Journal(self.path)
        for number in range(5):
            journal.append({"t": "x", "n": number, "text": "ü" * number})
        journal.close()

    def tearDown(self):
        self._folder.cleanup()

    def numbers(self, start=0):
        return [record["n"] for record, _ in read(self.path, start).records]

    def contents(self, content=None):
        if content is None:
            with open(self.path, "rb") as file:
                return file.read()
        with open(self.path, "wb") as file:
            return file.write(content)

    def test_what_was_appended_is_read_in_order(self):
        self.assertEqual(self.numbers(), [0, 1, 2, 3, 4])

    def test_reading_goes_on_behind_any_record(self):
        for number, (_, end) in enumerate(read(self.path).records):
            self.assertEqual(self.numbers(end), list(range(number + 1, 5)))

    def test_cut_at_any_byte_the_whole_records_before_it_are_read(self):
        whole = self.contents()
        ends = [end for _, end in read(self.path).records]
        for length in range(len(HEAD), len(whole)):
            self.contents(whole[:length])
            found = read(self.path)
            self.assertEqual([record["n"] for record, _ in found.records], [number for number, end in enumerate(ends) if end <= length])
            self.assertEqual(found.unfinished, length - max([end for end in ends if end <= length] or [len(HEAD)]))

    def test_damage_in_the_middle_costs_one_record(self):
        whole = self.contents()
        ends = [end for _, end in read(self.path).records]
        for at in range(ends[1], ends[2]):
            self.contents(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
            self.assertEqual(self.numbers(), [0, 1, 3, 4])
        self.contents(whole[:ends[1] + 7] + whole[ends[2]:])
        found = read(self.path)
        self.assertEqual(([record["n"] for record, _ in found.records], found.torn), ([0, 1, 3, 4], 7))

    def test_a_record_larger_than_a_piece_is_read(self):
        journal = Journal(self.path + ".large.journal")
        journal.append({"text": "x" * 100_000})
        journal.close()
        self.assertEqual(len(read(self.path + ".large.journal", 0, 1_000).records), 1)

    def test_a_file_is_written_by_one(self):
        with self.assertRaises(FileExistsError):
            Journal(self.path)
