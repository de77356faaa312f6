// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Whether a key of a matrix is `compile.X`.
bool is_compile_key(const std::string& key);
/// Its X.
std::string compile_name(const std::string& key);
/// What `airnn compile` calls it: "--X".
std::string compile_option(const std::string& key);

/// Why a key of a matrix cannot be (KeyCheck): options of `airnn compile` that do not exist.
std::string wrong_matrix_key(const std::string& key);

}  // namespace airnn
