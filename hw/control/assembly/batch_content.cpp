// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/batch_content.h"

#include <algorithm>
#include <utility>

namespace airnn {

BatchContent::BatchContent(const Assembler& assembler, FetchBytes bytes)
    : assembler_(&assembler), bytes_(std::move(bytes)) {
  for (std::size_t s = 0; s < kStreams; ++s) {
    delivered_[s].assign(bytes_.bursts()[s], false);
  }
}

void BatchContent::begin_delivery() {
  for (std::vector<bool>& stream : delivered_) {
    std::fill(stream.begin(), stream.end(), false);
  }
}

std::string BatchContent::certain_damage() const {
  for (const Assembly::Damage& damage : damages_) {
    const std::vector<bool>& delivered = delivered_[static_cast<std::size_t>(damage.stream)];
    const auto end = delivered.begin() + static_cast<std::ptrdiff_t>(damage.bursts);
    if (std::find(delivered.begin(), end, false) == end) {
      return damage.text;
    }
  }
  return {};
}

void BatchContent::decode() {
  Assembly assembly;
  assembler_->assemble(bytes_, assembly);
  beats_ = std::move(assembly.beats);
  damages_ = std::move(assembly.damages);
  words_ = std::make_shared<const std::vector<WeightWord>>(std::move(assembly.words));
  segments_ = std::make_shared<const std::vector<LineSegment>>(std::move(assembly.segments));
}

}  // namespace airnn
