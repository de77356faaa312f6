// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/model/model.h"
#include "testbenches/support/onnx_builder.h"

namespace airnn::test {

/// Writes what the builder holds to a temporary file and reads it back. Whatever is accepted must
/// also pass check_network.
Model read_built(OnnxBuilder* builder);
Model read_bytes(const std::string& bytes);

/// The message with which it is refused; empty if it is accepted.
std::string refusal(OnnxBuilder* builder);
std::string refusal_of_bytes(const std::string& bytes);

/// Output of the last layer for a fixed input with values from -1 to 1.
std::vector<float> run(const Model& model);

/// Largest absolute difference; infinite if the sizes differ.
float distance(const std::vector<float>& a, const std::vector<float>& b);

}  // namespace airnn::test
