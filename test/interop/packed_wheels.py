"""Writes packages of this Python, and what they need, as wheels: packed_wheels.py FOLDER NAME… Prints their names. Another environment can then be given the same ones without a network."""

import os
import re
import sys
import zipfile
from importlib import metadata

folder, *names = sys.argv[1:]
packed = []
while names:
    found = metadata.distribution(names.pop())
    name = re.sub(r"[-_.]+", "_", found.metadata["Name"]).lower()
    if name in packed:
        continue
    packed.append(name)
    names += [re.match(r"[\w.-]+", need).group() for need in found.requires or [] if ";" not in need]
    tag = next(line.split(": ", 1)[1] for line in (found.read_text("WHEEL") or "").splitlines() if line.startswith("Tag: "))
    with zipfile.ZipFile(os.path.join(folder, "%s-%s-%s.whl" % (name, found.version, tag)), "w", zipfile.ZIP_STORED) as wheel:
        for each in found.files or []:
            # Programs and bytecode are what an installer makes of a wheel, and INSTALLER and REQUESTED are its words.
            if ".." not in each.parts and "__pycache__" not in each.parts and each.name not in ("INSTALLER", "REQUESTED", "direct_url.json"):
                wheel.write(each.locate(), each.as_posix())
print(" ".join(packed))
