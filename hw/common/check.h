// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Reports a broken invariant of the model as an error of SystemC's reporting, type "/model/check";
/// unless a handler says otherwise that throws out of sc_start(), and the program ends with exit
/// code 3.
[[noreturn]] void model_failure(const std::string& unit, const std::string& message);

}  // namespace airnn

/// An invariant that holds in release builds too. `unit` is the object's path.
#define MODEL_CHECK(condition, unit, message)    \
  do {                                           \
    if (!(condition)) {                          \
      ::airnn::model_failure((unit), (message)); \
    }                                            \
  } while (false)
