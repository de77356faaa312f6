// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/multiplier_library.h"

#include <algorithm>

#include "sw/config/config_document.h"
#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"
#include "sw/format/shown_text.h"
#include "sw/multiplier/multiplier_reader.h"

namespace airnn {

MultiplierLibrary MultiplierLibrary::read(const std::string& path) {
  const ConfigReader reader = ConfigDocument::load(path).reader();
  MultiplierLibrary library;
  library.path_ = path;
  library.name_ = reader.string_or("name", "");
  library.source_ = reader.string_or("source", "");
  const ConfigReader multipliers = reader.required_section("multipliers");
  for (const std::string& name : multipliers.keys()) {
    library.multipliers_.push_back(read_multiplier(name, multipliers.required_section(name)));
  }
  reader.finish();
  if (library.multipliers_.empty()) {
    reader.fail("multipliers", "expected one multiplier at least");
  }
  return library;
}

const Multiplier* MultiplierLibrary::find(const std::string& name) const {
  const auto it = std::find_if(multipliers_.begin(), multipliers_.end(),
                               [&](const Multiplier& one) { return one.name == name; });
  return it == multipliers_.end() ? nullptr : &*it;
}

const Multiplier& MultiplierLibrary::at(const std::string& name) const {
  const Multiplier* const found = find(name);
  if (found == nullptr) {
    throw UserError(shown(path_) + ": there is no multiplier " + quoted(name) +
                    did_you_mean(name, names()));
  }
  return *found;
}

std::vector<std::string> MultiplierLibrary::names() const {
  std::vector<std::string> names;
  for (const Multiplier& one : multipliers_) {
    names.push_back(one.name);
  }
  return names;
}

}  // namespace airnn
