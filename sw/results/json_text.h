// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace airnn {

/// The document as text: keys in their order, two spaces per level, numbers in their shortest exact
/// form, a line break at the end. Bytes that are no UTF-8 (names from foreign files) are replaced.
std::string json_text(const nlohmann::ordered_json& document);

}  // namespace airnn
