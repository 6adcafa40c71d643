"""An emulated AWS for tests of Cognito with real clients and real Terraform: moto, completed.

README.md lists each completion.
"""

from tests.emulator.process import CODE_HEADER, Emulator, EmulatorError, running_emulator

__all__ = ["CODE_HEADER", "Emulator", "EmulatorError", "running_emulator"]
