// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/buffer/weight_buffer.h"

#include <algorithm>

namespace airnn {

WeightBuffer::WeightBuffer(const BufferMap& map, bool by_inputs, std::uint32_t bins)
    : map_(map),
      by_inputs_(by_inputs),
      bins_(bins),
      slots_(map.slots(), 0),
      bin_of_slot_(bins == 0 ? 0 : map.slots(), 0),
      tables_(map.table_words(), 0) {}

void WeightBuffer::reset() {
  pending_.clear();
  staged_.clear();
  stale_ = true;
  weights_ = 0;
  name_ = kEmpty;
  current_.reset();
}

void WeightBuffer::place(const PlacedWeights& words) {
  if (words.count == 0) {
    return;
  }
  current_.reset();
  if (comes_at_boot(words.words[0].slot)) {
    // Every state that was known had other biases, or other centres.
    settle();
    write(words);
    known_.clear();
    successors_.clear();
    return;
  }
  weights_ += words.count;
  if (words.content == 0 || name_ == kNameless) {
    settle();
    write(words);
    name_ = kNameless;
    return;
  }
  pending_.push_back(words);
  name_ = successor(name_, words.content);
}

void WeightBuffer::stage(const PlacedWeights& words) {
  // Copies: the sender takes its words back with the credit.
  staged_.insert(staged_.end(), words.words, words.words + words.count);
  staged_for_ = words.valid_from;
}

void WeightBuffer::configure(std::uint32_t iteration) {
  if (!staged_.empty() && staged_for_ == iteration) {
    place({staged_.data(), static_cast<std::uint32_t>(staged_.size()), 0, 0, 0});
    staged_.clear();
  }
}

WeightBuffer::Name WeightBuffer::successor(Name name, ContentId content) {
  if (const Name* known = successors_.find(std::pair(name, content))) {
    return *known;
  }
  successors_.keep({name, content}, ++last_name_);
  return last_name_;
}

const std::shared_ptr<const SparseKernels>& WeightBuffer::shared_kernels() {
  if (current_ != nullptr) {
    return current_;
  }
  const auto make = [this] {
    settle();
    return std::make_shared<const SparseKernels>(map_, slots_, by_inputs_, bin_of_slot_);
  };
  current_ =
      name_ == kNameless ? make() : known_.get(name_, make, [](const auto& one, const auto& other) {
        return *one == *other;
      });
  return current_;
}

void WeightBuffer::settle() {
  if (stale_) {
    clear_weights();
    stale_ = false;
  }
  for (const PlacedWeights& words : pending_) {
    write(words);
  }
  pending_.clear();
}

void WeightBuffer::write(const PlacedWeights& words) {
  for (std::uint32_t i = 0; i < words.count; ++i) {
    write(words.words[i]);
  }
}

void WeightBuffer::write(const PlacedWord& word) {
  if (holds_table(word.slot)) {
    tables_[word.slot - map_.slots()] = word.value;
    ++table_version_;
    return;
  }
  if (bins_ == 0 || comes_at_boot(word.slot)) {
    slots_[word.slot] = word.value;
    return;
  }
  // Only a fault names a bin that does not exist; nothing lies there.
  const auto bin = static_cast<std::uint8_t>(word.value);
  bin_of_slot_[word.slot] = bin;
  slots_[word.slot] = bin < bins_ ? tables_[bin] : 0;
}

std::vector<std::int32_t> WeightBuffer::centres() const {
  return {tables_.begin(), tables_.begin() + bins_};
}

std::vector<std::int32_t> WeightBuffer::table_rows() const {
  return {tables_.begin() + bins_, tables_.end()};
}

void WeightBuffer::clear_weights() {
  const std::uint32_t pitch = map_.pitch();
  for (std::size_t row = 0; row < slots_.size(); row += pitch) {
    std::fill_n(slots_.begin() + static_cast<std::ptrdiff_t>(row), pitch - 2, 0);
  }
}

}  // namespace airnn
