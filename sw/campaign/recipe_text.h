// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/compiler/compile_options.h"

namespace airnn {

/// What options say of clusters, numbers and order, with all defaults and without the scheme:
/// equal for recipes that mean the same, however they were written. Files are not in it.
std::string clustering_text(const CompileOptions& options);

/// The scheme and, where it interleaves, how.
std::string scheme_text(const CompileOptions& options);

}  // namespace airnn
