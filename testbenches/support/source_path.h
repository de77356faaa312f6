// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

// The place of a file of the project, given from its root: source_path("models/lenet5.onnx"). One
// source knows the folder, so that no other object depends on where a checkout lies.
std::string source_path(const std::string& file);

}  // namespace airnn
