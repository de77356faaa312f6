// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/coverage_observer.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "hw/compute/mac/sparse_kernels.h"
#include "hw/link/bus_view.h"
#include "hw/link/stream_view.h"
#include "hw/memory/memory_commands.h"

namespace airnn {

/// Tells the collector of refreshes, in cycles of the fabric.
class CoverageObserver::Refreshes final : public DramListener {
 public:
  Refreshes(CoverageCollector& collector, const ClockDomain& ddr, const ClockDomain& fabric)
      : collector_(collector), ddr_(ddr), fabric_(fabric) {}

  void issued(const CommandIssued& event) override {
    if (event.command == DramCommand::refresh) {
      collector_.refreshed(fabric_.cycle_of(ddr_.duration(event.cycle)));
    }
  }
  void served(const RequestServed& /*event*/) override {}

 private:
  CoverageCollector& collector_;
  const ClockDomain& ddr_;
  const ClockDomain& fabric_;
};

CoverageObserver::~CoverageObserver() = default;

void CoverageObserver::attach(const ObservedRun& run) {
  fabric_ = &run.machine.fabric();
  collector_ = std::make_unique<CoverageCollector>(
      CoverageParams{run.params.controller.lanes, run.params.controller.fetch.outstanding_reads,
                     score_params(run.params, run.image).iterations});
  watch_commands(run);
  watch_streams(run);
  watch_bus(run);
  watch_control(run);
  watch_layers(run);
}

/// Those of the host are none of the machine's.
void CoverageObserver::watch_streams(const ObservedRun& run) {
  const Cycle address_latency = run.params.address_latency_cycles;
  for (const TapStage::Tapped& tapped : run.taps->bindings()) {
    static_cast<void>(watch_stream<WeightBeat>(tapped, CoverStream::weights, 1) ||
                      watch_stream<InputBeat>(tapped, CoverStream::input, 1) ||
                      watch_stream<PlacedWeights>(tapped, CoverStream::placed, address_latency) ||
                      watch_stream<BatchPlaced>(tapped, CoverStream::batch_placed, 0) ||
                      watch_stream<ControlMessage>(tapped, CoverStream::control, 0) ||
                      watch_stream<FeatureMap>(tapped, CoverStream::maps, 0) ||
                      watch_stream<Decision>(tapped, CoverStream::decision, 0));
  }
}

/// `latency`: from sending to arrival, of streams on which units send ahead of time; 0: items are
/// sent when the call is made.
template <typename T>
bool CoverageObserver::watch_stream(const TapStage::Tapped& tapped, CoverStream kind,
                                    Cycle latency) {
  const auto* out = dynamic_cast<const StreamOut<T>*>(tapped.binding.from);
  if (out == nullptr) {
    return false;
  }
  StreamCover& cover = collector_->stream(kind, out->slots());
  auto view = std::make_unique<StreamView<T>>(*fabric_);
  view->on_sent.listen([this, &cover, latency](const Timed<T>& item) {
    cover.sent(latency > 0 ? item.cycle - latency : fabric_->now(), item.cycle);
    if constexpr (std::is_same_v<T, WeightBeat>) {
      collector_->beat(item.item);
    }
  });
  view->on_taken.listen(
      [this, &cover](const Timed<T>& item) { cover.taken(item.cycle, collector_->present()); });
  view->on_train.listen([this, &cover, latency](const ItemTrain<T>& train) {
    for (std::size_t i = 0; i < train.count; ++i) {
      const Cycle arrival = train.begin + train.items[i].cycle;
      cover.sent(arrival - latency, arrival);
      cover.taken(arrival, collector_->present());
      if constexpr (std::is_same_v<T, WeightBeat>) {
        collector_->beat(train.items[i].item);
      }
    }
  });
  tapped.tap->add(*view);
  views_.push_back(std::move(view));
  return true;
}

void CoverageObserver::watch_bus(const ObservedRun& run) {
  auto bus = std::make_unique<BusView>(*fabric_);
  bus->on_request.listen([this](const BusRequest& e) { collector_->read_began(e.cycle); });
  bus->on_response.listen([this](const BusResponse& e) { collector_->read_ended(e.cycle); });
  bus->on_train.listen([this](const BusTrain& train) {
    for (const TimedRead& read : *train.reads) {
      collector_->read_began(train.begin + read.cycle);
      collector_->read_ended(train.begin + read.completion);
    }
  });
  run.taps->tap(run.machine.controller->bus()).add(*bus);
  views_.push_back(std::move(bus));
}

void CoverageObserver::watch_control(const ObservedRun& run) {
  run.machine.controller->on_state.listen(
      [this](const StateEntered& e) { collector_->entered(e); });
  run.machine.controller->on_fetch.listen([this](const FetchDone& e) { collector_->fetched(e); });
  run.machine.score->on_decided.listen([this](const ScoreDecided& e) { collector_->decided(e); });
}

void CoverageObserver::watch_layers(const ObservedRun& run) {
  for (const std::unique_ptr<LayerUnit>& layer : run.machine.layers) {
    layer->on_groups.listen([this](const GroupsIssued& e) { collector_->issued(e); });
    layer->on_start.listen([this](const LayerStarted& e) {
      if (e.kernels == nullptr) {
        return;
      }
      std::array<std::uint64_t, 3> kernels{};  // without weights, with one, with several
      for (std::uint32_t k = 0; k < e.kernels->kernels(); ++k) {
        ++kernels[std::min<std::uint64_t>(e.kernels->count(k), 2)];
      }
      collector_->kernels(kernels[0], kernels[1], kernels[2]);
    });
  }
}

/// An idle channel does not wake up for its refreshes by itself.
void CoverageObserver::watch_commands(const ObservedRun& run) {
  MemoryCommands* const memory = run.machine.memory->commands();
  if (memory == nullptr) {
    return;
  }
  refreshes_ = std::make_unique<Refreshes>(*collector_, memory->ddr_clock(), *fabric_);
  memory->listen(*refreshes_);
  run.machine.controller->on_state.listen(
      [memory](const StateEntered& e) { memory->catch_up(e.cycle); });
}

}  // namespace airnn
