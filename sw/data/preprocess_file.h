// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/format/network.h"

namespace airnn {

/// Pixels scaled to 0..1 and nothing else.
Preprocess default_preprocess(std::int32_t channels);

/// Reads the section `preprocess` of a YAML file: `scale`, and `mean` and `std` as lists with one
/// entry per channel or one for all; what is absent keeps its default. `channels` may say `grey` or
/// `RGB` and must then agree. Other sections of the file belong to others. Throws ConfigError with
/// file, line and key.
Preprocess read_preprocess_yaml(const std::string& path, std::int32_t channels);

/// The `.yaml` beside a model ("lenet5.onnx" -> "lenet5.yaml"); empty if there is none.
std::string preprocess_file_beside(const std::string& model_path);

/// The same from the `.yaml` beside a model; the default if there is none.
Preprocess preprocess_beside(const std::string& model_path, std::int32_t channels);

}  // namespace airnn
