// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sw/format/errors.h"

namespace airnn {

/// Throws UserError, with `origin` in front, unless the value of this key is a whole number. The
/// library turns others into integers without asking whether they fit.
inline void check_whole(const nlohmann::json& object, const char* key, const std::string& origin) {
  if (!object.at(key).is_number_integer()) {
    throw UserError(origin + ": " + key + ": expected a whole number, found " +
                    object.at(key).dump());
  }
}

}  // namespace airnn
