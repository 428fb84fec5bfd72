import os
import random
import string
import unittest
from unittest import mock

from lemma.machine import variables
from lemma.masking import length_class, mask, mask_command, mask_params, without_credentials

CHANCE = random.Random(20)


def letters(count, alphabet=string.ascii_letters + string.digits):
    return "".join(CHANCE.choice(alphabet) for _ in range(count - 1)) + "7"


# Put together here, so that no scanner of this repository takes a test for a leak. Kind, text, and what must be gone.
def _secrets():
    upper = string.ascii_uppercase + "234567"
    forms = {
        "aws-access-key-id": ["AK" + "IA" + letters(15, upper) + "A"],
        "github-token": ["gh" + "p_" + letters(36), "github" + "_pat_" + letters(60)],
        "gitlab-token": ["gl" + "pat-" + letters(20)],
        "slack-token": ["xox" + "b-" + letters(24, string.digits), "https://hooks.slack" + ".com/services/" + letters(30)],
        "openai-like-key": ["sk" + "-" + letters(48), "sk" + "-proj-" + letters(60), "sk" + "-ant-api03-" + letters(80)],
        "hugging-face-token": ["h" + "f_" + letters(34)],
        "google-api-key": ["AI" + "za" + letters(35)],
        "stripe-key": ["sk" + "_live_" + letters(24)],
        "json-web-token": ["ey" + "J" + letters(20) + ".ey" + "J" + letters(40) + "." + letters(43)],
    }
    for kind, secrets in forms.items():
        for secret in secrets:
            yield kind, "+client = connect('%s')  # ours" % secret, secret
    hidden = "c0rrect-horse"
    yield "url-credentials", "postgres://lemma:%s@db/x" % hidden, hidden
    yield "bearer-token", "Authorization: Bearer %s" % letters(30), None
    for line in ('password = "%s"', "password: '%s'", '"db_password": "%s",', "export PGPASSWORD=%s", "passwd = '%s'", "PASSPHRASE=%s"):
        yield "password", line % hidden, hidden
    long = letters(40)
    for line in ("aws_secret_access_key = %s", 'API_KEY="%s"', "api-key: %s", "'client_secret': '%s'", "auth_token=%s", "HF_TOKEN=%s"):
        yield "secret", line % long, long
    body = "\n".join(letters(64) for _ in range(4))
    yield "private-key", "-----BEGIN RSA " + "PRIVATE KEY-----\n" + body + "\n-----END RSA " + "PRIVATE KEY-----", body[:64]
    yield "private-key", "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n" + body, body[70:100]


SECRETS = list(_secrets())
INNOCENT = (
    "token_count = 12345", "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')", "max_tokens=4096", "password = os.environ['PASSWORD']", "password=None",
    "api_key = config.api_key", "secret = get_secret('name-of-the-secret')", "https://github.com/org/repo.git", "git@github.com:org/repo.git", "sha256:" + "ab12" * 16,
    "commit 421c680a1b2c3d4e5f60718293a4b5c6d7e8f901", "author_key = 'the author of this'", "sk-learn is scikit-learn", "key: value", "attention_tokens: int = 77", "lr = 0.001",
    "def token(self):", "# the password of the user", "passwords: List[str] = []", "PATH=/usr/bin:/bin", "--- a/secret.py", "+++ b/token_embedding_layer_norm.py",
)


class MaskingTest(unittest.TestCase):
    def test_every_form_of_secret_is_masked_by_its_name_and_counted(self):
        for kind, text, secret in SECRETS:
            masked, count = mask(text)
            with self.subTest(kind=kind):
                self.assertEqual(count, 1, masked)
                self.assertIn("[masked " + kind, masked)
                self.assertNotIn(secret or text.rsplit(" ", 1)[-1], masked)

    def test_ordinary_code_stays_as_it_is(self):
        for text in INNOCENT:
            with self.subTest(text=text):
                self.assertEqual(mask(text), (text, 0))

    def test_a_mask_is_masked_no_further(self):
        for _, text, _ in SECRETS:
            masked, _ = mask(text)
            self.assertEqual(mask(masked)[0], masked)

    def test_a_mask_keeps_the_lines_of_a_diff(self):
        key = "-----BEGIN " + "PRIVATE KEY-----\n" + "\n".join("+" + letters(64) for _ in range(3)) + "\n+-----END " + "PRIVATE KEY-----"
        masked, _ = mask("+" + key)
        self.assertEqual(masked.count("\n"), key.count("\n"))
        self.assertTrue(all(line.startswith("+") for line in masked.split("\n")))

    def test_a_mask_tells_the_length_class_only(self):
        self.assertEqual([length_class(length) for length in (1, 3, 16, 31, 32, 40)], ["1-1", "2-3", "16-31", "16-31", "32-63", "32-63"])

    def test_a_command_loses_the_values_of_secret_options(self):
        self.assertEqual(
            mask_command(["train", "--password", "abc", "--api-key=xyz", "--lr", "0.1", "--max-tokens", "5", "--token"]),
            ["train", "--password", "[masked option 2-3]", "--api-key=[masked option 2-3]", "--lr", "0.1", "--max-tokens", "5", "--token"],
        )

    def test_params_by_name(self):
        self.assertEqual(mask_params({"db.password": "abc", "lr": "0.1", "max_tokens": "100", "api_key": "none"}), {"db.password": "[masked option 2-3]", "lr": "0.1", "max_tokens": "100", "api_key": "none"})

    def test_remotes_lose_their_credentials(self):
        self.assertEqual(without_credentials("https://me:pw@host/r.git"), "https://host/r.git")
        self.assertEqual(without_credentials("https://token@host/r.git"), "https://host/r.git")
        self.assertEqual(without_credentials("git@host:org/r.git"), "git@host:org/r.git")

    def test_variables_of_terraform_are_none_of_tensorflow(self):
        with mock.patch.dict(os.environ, {"TF_VAR_database": "abc", "TF_CLI_CONFIG_FILE": "terraform.rc", "TF_LOG": "1", "TF_DETERMINISTIC_OPS": "1", "TF_LOGGING_LEVEL": "2"}, clear=True):
            self.assertEqual(variables(), {"TF_DETERMINISTIC_OPS": "1", "TF_LOGGING_LEVEL": "2"})

    def test_long_lines_are_read_in_good_time(self):
        for text in ("a" * 200_000, "password" * 20_000, "token=" * 30_000, "://" * 60_000, "-----BEGIN " * 20_000):
            mask(text)
