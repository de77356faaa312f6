// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace airnn {

/// Version of the program, as in "0.1.0".
const char* program_version();

/// Name of the sources that decide what the program computes (cmake/SourceKey.cmake).
const char* source_key();

}  // namespace airnn
