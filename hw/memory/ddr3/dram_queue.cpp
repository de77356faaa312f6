// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/dram_queue.h"

namespace airnn {

DramQueue::DramQueue(std::uint32_t depth, std::uint32_t banks) : slots_(depth), lists_(banks) {
  for (std::uint32_t i = depth; i > 0; --i) {
    free_.push_back(static_cast<Index>(i - 1));
  }
}

DramQueue::Index DramQueue::hit_from(Index index, std::uint32_t row) const {
  while (index != kNone && slot(index).request.row != row) {
    index = slot(index).next;
  }
  return index;
}

DramQueue::Index DramQueue::find(std::uint32_t bank, std::uint32_t row,
                                 std::uint32_t column) const {
  Index index = hit_from(lists_[bank].first, row);
  while (index != kNone && slot(index).request.column != column) {
    index = hit_from(slot(index).next, row);
  }
  return index;
}

bool DramQueue::any_to_row(std::uint32_t bank, std::uint32_t row, Index except) const {
  Index index = hit_from(lists_[bank].first, row);
  if (index == except && index != kNone) {
    index = hit_from(slot(index).next, row);
  }
  return index != kNone;
}

bool DramQueue::any_to_other_row(std::uint32_t bank, std::uint32_t row) const {
  Index index = lists_[bank].first;
  while (index != kNone && slot(index).request.row == row) {
    index = slot(index).next;
  }
  return index != kNone;
}

void DramQueue::push(const QueuedRequest& request, bool open) {
  const Index index = free_.back();
  free_.pop_back();
  List& list = lists_[request.bank];
  Slot& entry = slot(index);
  entry.request = request;
  entry.next = kNone;
  entry.previous = list.last;
  if (list.last == kNone) {
    list.first = index;
    banks_waiting_ |= std::uint64_t{1} << request.bank;
  } else {
    slot(list.last).next = index;
  }
  list.last = index;
  if (open && list.hit == kNone) {
    list.hit = index;
  }
  ++size_;
}

void DramQueue::remove(Index index) {
  Slot& entry = slot(index);
  List& list = lists_[entry.request.bank];
  if (list.hit == index) {
    list.hit = hit_from(entry.next, entry.request.row);
  }
  (entry.previous == kNone ? list.first : slot(entry.previous).next) = entry.next;
  (entry.next == kNone ? list.last : slot(entry.next).previous) = entry.previous;
  if (list.first == kNone) {
    banks_waiting_ &= ~(std::uint64_t{1} << entry.request.bank);
  }
  free_.push_back(index);
  --size_;
}

void DramQueue::row_opened(std::uint32_t bank, std::uint32_t row) {
  lists_[bank].hit = hit_from(lists_[bank].first, row);
}

}  // namespace airnn
