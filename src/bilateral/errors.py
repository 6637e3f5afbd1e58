"""The exceptions of bilateral, one tree.

    BilateralError
    ├── CallError        the caller asked for what cannot be (a wrong option, an unknown state)
    ├── InputError       one input cannot be read; becomes a Problem where others can go on
    │   ├── FormatError      it is not what its format says
    │   ├── EncodingError    its bytes are no text
    │   └── LanguageError    it is text in a language that is not read
    ├── DataError        a data file of the project or of the user breaks its own rules
    └── StoreError       the store is not usable
        ├── NotAStoreError   the file is something else
        ├── VersionError     the store was written by a newer version
        └── FullError        no room to write

Every message says what was expected, what came, and where.
"""

from __future__ import annotations


class BilateralError(Exception):
    """Something that bilateral itself found wrong; its message is for the user."""


class CallError(BilateralError):
    """The call cannot be carried out as given."""


class InputError(BilateralError):
    """One input cannot be read."""


class FormatError(InputError):
    """An input is not what its format says."""


class EncodingError(InputError):
    """The bytes of an input are no text."""


class LanguageError(InputError):
    """An input is text in a language that is not read."""


class DataError(BilateralError):
    """A data file breaks its own rules."""


class StoreError(BilateralError):
    """The store cannot be used."""


class NotAStoreError(StoreError):
    """The file is no store of bilateral."""


class VersionError(StoreError):
    """The store was written by a newer version of bilateral."""


class FullError(StoreError):
    """There is no room left to write; nothing was half written."""
