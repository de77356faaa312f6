// SPDX-License-Identifier: Apache-2.0
#include "sw/results/link_record.h"

namespace airnn {

LinkLoad& LinkLoad::operator+=(const LinkLoad& other) {
  flits += other.flits;
  busy += other.busy;
  return *this;
}

LinkLoad& LinkLoad::operator-=(const LinkLoad& other) {
  flits -= other.flits;
  busy -= other.busy;
  return *this;
}

LinkRecord& LinkRecord::operator+=(const LinkRecord& other) {
  if (empty() || other.empty()) {
    return *this = empty() ? other : *this;
  }
  for (std::size_t i = 0; i < wires.size(); ++i) {
    wires[i].load += other.wires[i].load;
  }
  return *this;
}

LinkRecord& LinkRecord::operator-=(const LinkRecord& other) {
  for (std::size_t i = 0; i < wires.size(); ++i) {
    wires[i].load -= other.wires[i].load;
  }
  return *this;
}

}  // namespace airnn
