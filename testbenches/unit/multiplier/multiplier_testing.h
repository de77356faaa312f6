// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "sw/multiplier/family/families.h"
#include "sw/multiplier/product_table.h"

namespace airnn::test {

inline const MultiplierFamily& family(const std::string& name) {
  for (const MultiplierFamily& one : multiplier_families()) {
    if (one.name == name) {
      return one;
    }
  }
  throw std::runtime_error("no family " + name);
}

inline ProductTable table_of(const std::string& name, const FamilyValues& values) {
  const MultiplierFamily& one = family(name);
  return ProductTable::from_function(
      [&](std::uint32_t a, std::uint32_t b) { return one.multiply(a, b, values); });
}

}  // namespace airnn::test
