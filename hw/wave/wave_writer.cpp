// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_writer.h"

#include <algorithm>
#include <cstring>

namespace airnn {

namespace {

std::uint64_t mask_of(const WaveType& type) {
  return type.width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << type.width) - 1;
}

}  // namespace

WaveWriter::WaveWriter(const WaveTree& tree)
    : tree_(tree), values_(tree.next(), 0), is_shown_(tree.next(), 0), texts_(tree.next()) {
  for (WaveId id = 0; id < tree.next(); ++id) {
    masks_.push_back(mask_of(tree.type(id)));
  }
}

void WaveWriter::set_all(WaveId first, const std::vector<std::int64_t>& values) {
  for (std::size_t begin = 0; begin < values.size(); begin += kTogether) {
    const std::size_t count = std::min(kTogether, values.size() - begin);
    const auto id = static_cast<WaveId>(first + begin);
    const std::int64_t* next = &values[begin];
    const std::uint64_t* shown = &values_[id];
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_new = shown[i] != static_cast<std::uint64_t>(next[i]);
      changed |= std::uint64_t{is_new} << i;
    }
    for (; changed != 0; changed &= changed - 1) {
      const auto i = static_cast<WaveId>(__builtin_ctzll(changed));
      set_signed(id + i, next[i]);
    }
  }
}

void WaveWriter::set_real(WaveId id, double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  set(id, bits);
}

double WaveWriter::real(WaveId id) const {
  double real = 0;
  std::memcpy(&real, &values_[id], sizeof real);
  return real;
}

void WaveWriter::open() {
  begin_step();
  is_step_begun_ = true;
  begin_values();
  for (WaveId id = 0; id < tree_.next(); ++id) {
    if (is_traced(id)) {
      put_value(id);
      is_shown_[id] = 1;
    }
  }
  end_values();
}

void WaveWriter::close() {
  end_file();
  std::fill(is_shown_.begin(), is_shown_.end(), std::uint8_t{0});
}

}  // namespace airnn
