// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/engine_registers.h"

#include <algorithm>
#include <utility>

#include "hw/compute/layer_engine.h"

namespace airnn {

namespace {

WaveType wave_type(const PinType& type) {
  switch (type.kind) {
    case PinKind::bit:
      return WaveType::bit();
    case PinKind::number:
      return WaveType::number(type.width);
    case PinKind::signed_number:
      return WaveType::signed_number(type.width);
    case PinKind::sum:
      return WaveType::sum();
  }
  return WaveType::bit();
}

/// The pins have ids that follow each other.
class WriterSink final : public PinSink {
 public:
  WriterSink(WaveWriter& writer, WaveId first) : writer_(writer), first_(first) {}

  void set(std::size_t pin, std::int64_t value) override { writer_.set_signed(id(pin), value); }
  void set_all(std::size_t first, const std::vector<std::int64_t>& values) override {
    writer_.set_all(id(first), values);
  }

 private:
  WaveId id(std::size_t pin) const { return first_ + static_cast<WaveId>(pin); }

  WaveWriter& writer_;
  WaveId first_;
};

}  // namespace

EngineRegisters::EngineRegisters(WaveTree& tree, const std::string& scope, const Layer& layer,
                                 std::unique_ptr<EnginePins> pins, Cycle first, Cycle last)
    : map_size_(static_cast<std::size_t>(layer.input.size())),
      skip_size_(static_cast<std::size_t>(layer.result.size())),
      pins_(std::move(pins)),
      first_(first),
      last_(last),
      slot_(tree.add(scope, "slot", WaveType::number(64))),
      first_pin_(tree.next()),
      shown_(pins_->stages(), kNoSlot) {
  for (const EnginePin& pin : pins_->pins()) {
    tree.add(pin.scope.empty() ? scope : scope + "." + pin.scope, pin.name, wave_type(pin.type));
  }
  own(slot_, tree);
}

void EngineRegisters::started(const LayerStarted& event) {
  if (event.issues->empty()) {
    return;
  }
  const IssueRun& last = event.issues->back();
  const Cycle end = last.begin + last.slots + shown_.size() - 1;
  if (end < first_ || event.start > last_) {
    return;
  }
  Run run;
  run.issues = *event.issues;
  run.kernels = event.kernels;
  run.rows = event.rows;
  if (event.groups != nullptr) {
    run.groups = std::make_unique<KernelGroups>(*event.groups);
  }
  run.map.assign(event.map, event.map + map_size_);
  if (event.skip != nullptr) {
    run.skip.assign(event.skip, event.skip + skip_size_);
  }
  run.next = std::max(run.issues.front().begin, first_);
  run.end = end;
  runs_.push_back(std::move(run));
}

std::uint64_t EngineRegisters::slot_at(const Run& run, Cycle cycle) {
  const auto behind =
      std::upper_bound(run.issues.begin(), run.issues.end(), cycle,
                       [](Cycle at, const IssueRun& issue) { return at < issue.begin; });
  if (behind == run.issues.begin()) {
    return kNoSlot;
  }
  const IssueRun& issue = *std::prev(behind);
  const std::uint64_t in_run = cycle - issue.begin;
  return in_run < issue.slots ? issue.slot + in_run : kNoSlot;
}

void EngineRegisters::begin(Run& run) {
  pins_->begin({run.kernels.get(), run.groups.get(), run.map.data(),
                run.skip.empty() ? nullptr : run.skip.data(), run.rows.get()});
  run.is_begun = true;
}

void EngineRegisters::show(Cycle cycle, WaveWriter& writer) {
  Run& run = runs_.front();
  if (!run.is_begun) {
    begin(run);
  }
  WriterSink sink(writer, first_pin_);
  for (std::size_t stage = 0; stage < shown_.size(); ++stage) {
    const std::uint64_t slot = cycle < stage ? kNoSlot : slot_at(run, cycle - stage);
    if (slot != shown_[stage]) {
      shown_[stage] = slot;
      pins_->show(stage, slot, sink);
    }
  }
  writer.set(slot_, shown_.front() == kNoSlot ? 0 : shown_.front());
  if (cycle >= run.end) {
    runs_.pop_front();
  } else {
    run.next = cycle + 1;
  }
}

}  // namespace airnn
