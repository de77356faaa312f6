// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/placement_rule.h"

#include <algorithm>
#include <utility>

#include "sw/format/unit_names.h"

namespace airnn {

PlacementRule::PlacementRule(const RuleReporter& reporter, const MemoryImage& image,
                             const WeightDecoder& decoder, std::vector<std::string> units)
    : reporter_(reporter),
      image_(image),
      decoder_(decoder),
      units_(std::move(units)),
      batches_(static_cast<std::size_t>(image.info().iterations) + 2) {
  begin(0);
}

void PlacementRule::begin(std::uint32_t batch) {
  batch_ = batch;
  if (batches_[batch] == nullptr) {
    batches_[batch] = std::make_unique<BatchWords>(image_, batch, decoder_);
  }
  progress_.assign(units_.size(), {});
}

void PlacementRule::finish(Cycle cycle) {
  for (std::uint32_t layer = 0; layer < units_.size(); ++layer) {
    const std::uint64_t due = batches_[batch_]->count(layer);
    if (progress_[layer].done < due) {
      reporter_.report(Rule::p3, units_[layer], cycle,
                       std::to_string(progress_[layer].done) + " words placed",
                       std::to_string(due));
    }
  }
}

void PlacementRule::entered(const StateEntered& next) {
  switch (next.state) {
    case ControllerState::idle:
      if (batch_ == 0) {
        finish(next.cycle);
      }
      break;
    case ControllerState::reset_buffers:
      begin(1);
      break;
    case ControllerState::configure:
      finish(next.cycle);
      break;
    case ControllerState::compute:
      if (batch_ <= next.iteration) {
        begin(next.iteration + 1);  // which may come early
      }
      break;
    default:
      break;
  }
}

/// Words that come while the batch before is computed with must wait for their iteration.
void PlacementRule::check_moment(std::uint32_t layer, const Timed<PlacedWeights>& words) const {
  const bool is_early = batch_ > reporter_.position().iteration;
  const std::uint32_t valid_from = words.item.valid_from;
  if (is_early ? valid_from != batch_ : valid_from != 0 && valid_from != batch_) {
    reporter_.report(Rule::p3, units_[layer], words.cycle,
                     "words that count from iteration " + std::to_string(valid_from),
                     "from iteration " + std::to_string(batch_));
  }
}

bool PlacementRule::check_words(std::uint32_t layer, const Timed<PlacedWeights>& words) {
  const BatchWords& batch = *batches_[batch_];
  Progress& progress = progress_[layer];
  for (std::uint32_t i = 0; i < words.item.count; ++i) {
    const PlacedWord& word = words.item.words[i];
    if (progress.done == batch.count(layer)) {
      reporter_.report(Rule::p3, units_[layer], words.cycle, text_of(word, layer),
                       "no word beyond the " + std::to_string(progress.done) + " of the batch");
      return false;
    }
    const PlacedWord due = batch.next(layer, progress.cursor);
    ++progress.done;
    if (word.slot != due.slot || word.value != due.value) {
      reporter_.report(Rule::p3, units_[layer], words.cycle, text_of(word, layer),
                       text_of(due, layer));
      return false;
    }
  }
  return true;
}

/// Also of a batch that is given up, whose last words are never sent.
void PlacementRule::acknowledged(const Timed<BatchPlaced>& batch) {
  std::uint64_t placed = 0;
  for (const Progress& progress : progress_) {
    placed += progress.done;
  }
  if (batch.item.words != placed) {
    reporter_.report(Rule::p3, kAddressesName, batch.cycle,
                     std::to_string(batch.item.words) + " words acknowledged",
                     std::to_string(placed) + ", as were placed");
  }
}

void PlacementRule::placed(std::uint32_t layer, const Timed<PlacedWeights>& words) {
  check_moment(layer, words);
  check_words(layer, words);
}

void PlacementRule::placed(std::uint32_t layer, const ItemTrain<PlacedWeights>& train) {
  check_moment(layer, train.at(0));
  const Known* known = known_.trust(std::pair(batch_, layer));
  const bool is_known =
      known != nullptr && train.kept != nullptr &&
      std::find(known->trains.begin(), known->trains.end(), train.kept) != known->trains.end();
  if (is_known && progress_[layer].done == 0) {
    progress_[layer].done = known->count;
    return;
  }
  check_train(layer, train);
}

void PlacementRule::check_train(std::uint32_t layer, const ItemTrain<PlacedWeights>& train) {
  const PlacedWeights& front = train.items[0].item;
  Progress& progress = progress_[layer];
  std::uint64_t count = 0;
  bool is_named = front.content != 0;
  for (std::size_t i = 0; i < train.count; ++i) {
    const PlacedWeights& item = train.items[i].item;
    is_named = is_named && item.content == front.content && item.words == front.words + count &&
               item.valid_from == front.valid_from;
    count += item.count;
  }
  Known* known = known_.trust(std::pair(batch_, layer));
  const bool is_known = is_named && known != nullptr && known->content == front.content &&
                        known->words == front.words && known->count == count;
  if (is_known && progress.done == 0) {
    progress.done = count;
    known->trains[known->next_train] = train.kept;
    known->next_train = (known->next_train + 1) % known->trains.size();
    return;
  }
  bool is_right = progress.done == 0;
  for (std::size_t i = 0; i < train.count; ++i) {
    is_right = check_words(layer, train.at(i)) && is_right;
  }
  if (is_named && is_right && progress.done == batches_[batch_]->count(layer)) {
    known_.keep({batch_, layer}, {front.content, front.words, count, {train.kept}, 1});
  }
}

std::string PlacementRule::text_of(const PlacedWord& word, std::uint32_t layer) const {
  const auto pitch = static_cast<std::uint32_t>(image_.network().layers[layer].columns) + 2;
  return "value " + std::to_string(word.value) + " in row " + std::to_string(word.slot / pitch) +
         ", column " + std::to_string(word.slot % pitch);
}

}  // namespace airnn
