"""Writes a wheel of one module without a build tool: tiny_wheel.py FOLDER NAME VERSION. The module holds a number that follows from the version."""

import base64
import hashlib
import os
import sys
import zipfile

folder, name, version = sys.argv[1:]
about = "%s-%s.dist-info" % (name, version)
files = {
    name + ".py": "SCALE = %s / 100\n" % version,
    about + "/METADATA": "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version),
    about + "/WHEEL": "Wheel-Version: 1.0\nGenerator: tiny\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}
record = ["%s,sha256=%s,%d" % (path, base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode(), len(text)) for path, text in files.items()]
with zipfile.ZipFile(os.path.join(folder, "%s-%s-py3-none-any.whl" % (name, version)), "w") as wheel:
    for path, text in files.items():
        wheel.writestr(path, text)
    wheel.writestr(about + "/RECORD", "\n".join([*record, about + "/RECORD,,"]) + "\n")
