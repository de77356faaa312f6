// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/format/errors.h"

namespace airnn {

/// The host lacks what the work needs: memory, space, files, processes, a right to write. Nothing
/// the user gave is wrong, yet it is the user who can help, so the message says how. Exit code 2.
class ResourceError : public UserError {
 public:
  using UserError::UserError;
};

/// Errors of the system (errno) that tell of a lack, and not of a wrong name or a fault of the
/// program.
bool is_lack(int error);

/// The system's words for an error, and for a lack what helps: "No space left on device; free
/// space there, or write elsewhere".
std::string system_reason(int error);

/// What a message says where an allocation failed.
const char* memory_reason();

}  // namespace airnn
