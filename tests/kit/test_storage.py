"""Files on the disk and in a bucket: whole or absent, read in part, replaced at once."""

import socket
from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from moto.server import ThreadedMotoServer

from parvis.kit.storage import CHUNK_BYTES
from parvis.kit.storage.bucket import BucketStorage
from parvis.kit.storage.disk import DiskStorage

NAME = "contenus/ab/cd/abcd"
CONTENT = bytes(range(256)) * 1_000
KEYS = {"access_key": "key", "secret_key": "secret", "region_name": "eu-west-3", "signature_version": "s3v4"}


@pytest.fixture(scope="module")
def bucket_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="eu-west-3",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket="parvis", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    client.close()
    yield address
    server.stop()


@pytest.fixture(params=["disk", "bucket"])
def storage(request, tmp_path):
    if request.param == "disk":
        return DiskStorage(location=str(tmp_path))
    address = request.getfixturevalue("bucket_address")
    options = {"bucket_name": "parvis", "endpoint_url": address, "location": tmp_path.name, "default_acl": None}
    return BucketStorage(**options, **KEYS, file_overwrite=True)


def test_a_file_is_read_whole_or_in_part(storage):
    storage.save(NAME, ContentFile(CONTENT))

    assert b"".join(storage.chunks(NAME)) == CONTENT
    assert b"".join(storage.chunks(NAME, start=10, stop=300)) == CONTENT[10:300]
    assert b"".join(storage.chunks(NAME, start=255_900)) == CONTENT[255_900:]
    assert max(map(len, storage.chunks(NAME))) <= CHUNK_BYTES


def test_the_same_name_is_replaced(storage):
    storage.save(NAME, ContentFile(b"avant"))

    assert storage.save(NAME, ContentFile(CONTENT)) == NAME
    assert b"".join(storage.chunks(NAME)) == CONTENT


def test_what_is_gone_says_so(storage):
    storage.save(NAME, ContentFile(CONTENT))
    storage.delete(NAME)

    assert not storage.exists(NAME)
    with pytest.raises(FileNotFoundError):
        next(storage.chunks(NAME))


def test_a_file_cut_short_leaves_nothing(tmp_path):
    class Cut(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"avant"
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        DiskStorage(location=str(tmp_path)).save(NAME, Cut(b"avant"))

    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []
