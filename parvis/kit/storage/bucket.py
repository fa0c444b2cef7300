"""Files in an S3 bucket. Imported only where the settings name one: boto3 weighs a lot."""

import contextlib
from collections.abc import Iterator

from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage

from parvis.kit.storage import CHUNK_BYTES


class BucketStorage(S3Storage):  # type: ignore[misc]  # django-storages publishes no types
    """That of django-storages; a part of a file is asked as such, never fetched whole."""

    def chunks(self, name: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        key = self._normalize_name(name)
        last = "" if stop is None else str(stop - 1)
        try:
            found = self.bucket.Object(key).get(Range=f"bytes={start}-{last}")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise
        with contextlib.closing(found["Body"]) as body:
            yield from body.iter_chunks(CHUNK_BYTES)
