// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/simulation.h"

#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "hw/link/fault/fault_stage.h"
#include "hw/link/tap_stage.h"
#include "hw/sim/conservation.h"
#include "hw/sim/observers/coverage_observer.h"
#include "hw/sim/observers/dram_observer.h"
#include "hw/sim/observers/link_observer.h"
#include "hw/sim/observers/monitor_observer.h"
#include "hw/sim/observers/record_observer.h"
#include "hw/sim/observers/silent_units.h"
#include "hw/sim/observers/stop_observer.h"
#include "hw/sim/observers/timeline_observer.h"
#include "hw/sim/observers/value_observer.h"
#include "hw/sim/observers/watchdog_observer.h"
#include "hw/sim/observers/wave_observer.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Throws out of sc_start().
void end_simulation(const Violation& violation) {
  const std::string type = "/protocol/" + to_string(violation.rule);
  SC_REPORT_ERROR(type.c_str(), violation.text().c_str());
}

/// SystemC makes a report of whatever leaves a process, and calls the handler while the exception
/// is still itself; else a full disk would look like a broken rule.
std::exception_ptr thrown_in_process;

void keep_exception(const sc_core::sc_report& report, const sc_core::sc_actions& actions) {
  if (report.get_severity() >= sc_core::SC_ERROR && std::current_exception() != nullptr) {
    thrown_in_process = std::current_exception();
  }
  sc_core::sc_report_handler::default_handler(report, actions);
}

}  // namespace

Simulation::Simulation(const AcceleratorParams& params, const MemoryImage& image,
                       Host::InputSource inputs, const SimulationOptions& options)
    : image_(image) {
  // Told at every regular end.
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO,
                                          sc_core::SC_DO_NOTHING);
  sc_core::sc_report_handler::set_handler(keep_exception);
  sc_core::sc_set_time_resolution(1, sc_core::SC_PS);
  const ClockDomain fabric(
      sc_core::sc_time(static_cast<double>(params.fabric_period_ps), sc_core::SC_PS));
  if (options.monitors || options.coverage || !options.wave.file.empty() ||
      params.units.is_unusual()) {
    taps_ = std::make_unique<TapStage>();
    wiring_.add(*taps_);
  }
  link_ = make_link(params, image.network());
  if (link_ != nullptr) {
    if (options.coverage) {
      throw ConfigError(
          "coverage: how long an item waits behind a link is not seen; expected "
          "accelerator.interconnect: direct");
    }
    wiring_.add(*link_);
    insight_ = insight_into(*link_, options.insights);
  }
  // At the receivers: what is lost does not arrive.
  faults_ = std::make_unique<FaultStage>(options.faults, fabric);
  wiring_.add(*faults_);
  for (WiringStage* stage : options.stages) {
    wiring_.add(*stage);
  }
  accelerator_ = std::make_unique<Accelerator>("accelerator", params, image, std::move(inputs),
                                               options.build_order, &wiring_);
  add_observers(options, params);
  const ObservedRun run{*accelerator_, taps_.get(), params, image};
  for (const std::unique_ptr<Observer>& observer : observers_) {
    observer->attach(run);
  }
}

Simulation::~Simulation() = default;

template <typename Observing, typename... Arguments>
Observing& Simulation::add(Arguments&&... arguments) {
  auto observer = std::make_unique<Observing>(std::forward<Arguments>(arguments)...);
  Observing& added = *observer;
  observers_.push_back(std::move(observer));
  return added;
}

/// In the order in which they are told.
void Simulation::add_observers(const SimulationOptions& options, const AcceleratorParams& params) {
  if (taps_ != nullptr) {
    add<SilentUnits>();
  }
  // Before the monitors, so that a waveform shows what breaks a rule.
  if (!options.wave.file.empty()) {
    add<WaveObserver>(options.wave, insight_.get());
  }
  if (options.monitors) {
    monitors_ = &add<MonitorObserver>(options.decoders, options.on_violation
                                                            ? options.on_violation
                                                            : ViolationSink(end_simulation));
    if (insight_ != nullptr) {
      if (std::unique_ptr<Observer> monitor = insight_->monitor(options)) {
        observers_.push_back(std::move(monitor));
      }
    }
  }
  add<WatchdogObserver>(options.watchdog_cycles, [this](Cycle since) { return hang(since); });
  auto record = std::make_unique<RecordObserver>(params, image_, options.on_input);
  recorder_ = &record->recorder();
  add<DramObserver>(record->recorder(), options.on_command);
  if (options.coverage) {
    coverage_ = &add<CoverageObserver>();
  }
  if (link_ != nullptr) {
    add<LinkObserver>(*link_, record->recorder());
  }
  observers_.push_back(std::move(record));
  if (options.give_up) {
    add<StopObserver>(options.give_up);
  }
  if (options.on_values) {
    add<ValueObserver>(options.on_values);
  }
  if (!options.timeline.empty()) {
    add<TimelineObserver>(options.timeline, insight_.get());
  }
}

std::string Simulation::hang(Cycle since) const {
  return "/watchdog: the machine hangs: no unit is at work since cycle " + std::to_string(since) +
         "; the Read Weight Controller is " + accelerator_->controller->waiting_for() +
         (monitors_ == nullptr ? "" : monitors_->unfinished());
}

RunRecord Simulation::run() {
  try {
    run_to_end();
  } catch (const SimulationError&) {
    try {
      commit();
    } catch (const UserError&) {
      // That the file could not be written is the lesser trouble.
    }
    throw;
  }
  commit();
  return recorder_->record();
}

void Simulation::commit() {
  for (const std::unique_ptr<Observer>& observer : observers_) {
    observer->commit();
  }
}

void Simulation::close() {
  for (const std::unique_ptr<Observer>& observer : observers_) {
    observer->close();
  }
}

RunRecord Simulation::finished() const {
  return recorder_->finished();
}

const RunCoverage* Simulation::coverage() const {
  return coverage_ == nullptr ? nullptr : &coverage_->finished();
}

void Simulation::run_to_end() {
  try {
    sc_core::sc_start();
    for (const std::unique_ptr<Observer>& observer : observers_) {
      observer->complete();
    }
  } catch (const sc_core::sc_report& report) {
    try {
      close();
    } catch (const UserError&) {
      // That the file could not be written is the lesser trouble, or the same.
    }
    if (thrown_in_process != nullptr) {
      std::rethrow_exception(std::exchange(thrown_in_process, nullptr));
    }
    if (std::strcmp(report.get_msg_type(), "/watchdog") == 0) {
      throw HangError(report.get_msg());
    }
    throw SimulationError(report.get_msg());
  }
  close();
  check_conservation(recorder_->record(), recorder_->words_placed(),
                     accelerator_->memory->commands() != nullptr, image_.network());
}

}  // namespace airnn
