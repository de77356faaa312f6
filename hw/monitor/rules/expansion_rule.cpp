// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/expansion_rule.h"

#include <utility>

namespace airnn {

ExpansionRule::ExpansionRule(const RuleReporter& reporter, const MemoryImage& image,
                             const WeightDecoder& decoder, std::vector<std::string> units)
    : reporter_(reporter),
      image_(image),
      decoder_(decoder),
      units_(std::move(units)),
      batches_(static_cast<std::size_t>(image.info().iterations) + 2),
      progress_(units_.size()) {}

void ExpansionRule::begin(std::uint32_t batch) {
  batch_ = batch;
  if (image_.has_lines() && batches_[batch] == nullptr) {
    batches_[batch] = std::make_unique<BatchWords>(image_, batch, decoder_);
  }
  progress_.assign(units_.size(), {});
}

/// When a batch counts, all of its words are expanded.
void ExpansionRule::finish(Cycle cycle) {
  for (std::uint32_t layer = 0; image_.has_lines() && layer < units_.size(); ++layer) {
    const std::uint64_t due =
        image_.network().layers[layer].has_lines ? batches_[batch_]->count(layer) : 0;
    if (progress_[layer].done < due) {
      reporter_.report(Rule::p15, units_[layer], cycle,
                       std::to_string(progress_[layer].done) + " words expanded",
                       std::to_string(due));
    }
  }
}

void ExpansionRule::entered(const StateEntered& next) {
  if (next.state == ControllerState::reset_buffers) {
    begin(1);
  } else if (next.state == ControllerState::configure) {
    finish(next.cycle);
  } else if (next.state == ControllerState::compute && batch_ <= next.iteration) {
    begin(next.iteration + 1);  // which may come early
  }
}

void ExpansionRule::expanded(const LinesExpanded& event) {
  const BatchWords& batch = *batches_[batch_];
  Progress& progress = progress_[event.layer];
  const auto text = [](const PlacedWord& word) {
    return "value " + std::to_string(word.value) + " for slot " + std::to_string(word.slot);
  };
  for (std::uint32_t i = 0; i < event.words; ++i) {
    const bool is_left = progress.done < batch.count(event.layer);
    const PlacedWord due = is_left ? batch.next(event.layer, progress.cursor) : PlacedWord();
    ++progress.done;
    if (!is_left || !(event.placed[i] == due)) {
      reporter_.report(Rule::p15, units_[event.layer], event.end - 1, text(event.placed[i]),
                       is_left ? text(due) : "no word more");
      return;
    }
  }
}

}  // namespace airnn
