// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/link/interposer.h"
#include "hw/sim/protocol_monitors.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {

/// The whole machine under its monitors; what they report ends the run. Something may sit between
/// a unit and the monitors and make it a broken one, and the machine may have been built with other
/// parameters than the monitors know.
class MonitoredMachine {
 public:
  /// Modules to put behind a sender or before a receiver, by the sender's name; null: none.
  using Insert = std::function<std::unique_ptr<Interposer>(const std::string& sender)>;

  /// `listen` is called before the monitors listen.
  MonitoredMachine(const MemoryImage& image, const AcceleratorParams& built,
                   const AcceleratorParams& monitored, Maps inputs, const Insert& behind_sender,
                   const Insert& before_receiver, const std::function<void(Accelerator&)>& listen);
  ~MonitoredMachine();

  Accelerator& machine() { return *machine_; }
  /// Until nothing is left to happen, or a unit gives up.
  void run();

  const std::vector<Violation>& violations() const { return violations_; }
  const std::vector<StateEntered>& states() const { return states_; }
  /// First cycle of a state of this input and iteration.
  Cycle begin_of(ControllerState state, std::uint32_t input, std::uint32_t iteration) const;
  /// What a unit said when it gave up; empty if none did.
  const std::string& failure() const { return failure_; }

 private:
  class Inserted final : public WiringStage {
   public:
    explicit Inserted(Insert make) : make_(std::move(make)) {}
    tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override;

   private:
    const Insert make_;
    std::vector<std::unique_ptr<Interposer>> modules_;
  };

  Inserted behind_sender_;
  TapStage taps_;
  Inserted before_receiver_;
  Wiring wiring_;
  std::unique_ptr<Accelerator> machine_;
  std::unique_ptr<ProtocolMonitors> monitors_;
  std::vector<Violation> violations_;
  std::vector<StateEntered> states_;
  std::string failure_;
};

/// A random network in scheme iterative, of two iterations or more, whose first layer has weights;
/// the first cluster of batch 1 has at least `first` of them, that of batch 2 `second`.
MemoryImage iterative_image(std::size_t first, std::size_t second = 0);

}  // namespace airnn::test
