// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sw/config/parameter.h"

namespace airnn {

/// Keys with their complete names, those that begin with `prefix`. Throws UserError with the
/// nearest name if there is none.
std::vector<ParameterSection> select_parameters(std::vector<ParameterSection> sections,
                                                const std::string& prefix);

/// A table per section: key, default, range and a sentence.
std::string parameters_text(const std::vector<ParameterSection>& sections);

/// The same as one document; a key that is required has no `default`.
nlohmann::ordered_json parameters_json(const std::vector<ParameterSection>& sections);

}  // namespace airnn
