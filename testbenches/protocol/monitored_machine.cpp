// SPDX-License-Identifier: Apache-2.0
#include "testbenches/protocol/monitored_machine.h"

#include <utility>

namespace airnn::test {

tlm::tlm_target_socket<>& MonitoredMachine::Inserted::insert(const Binding& binding,
                                                             tlm::tlm_target_socket<>& to) {
  std::unique_ptr<Interposer> module = make_ ? make_(binding.sender()) : nullptr;
  if (module == nullptr) {
    return to;
  }
  module->to_target.bind(to);
  modules_.push_back(std::move(module));
  return modules_.back()->from_initiator;
}

MonitoredMachine::MonitoredMachine(const MemoryImage& image, const AcceleratorParams& built,
                                   const AcceleratorParams& monitored, Maps inputs,
                                   const Insert& behind_sender, const Insert& before_receiver,
                                   const std::function<void(Accelerator&)>& listen)
    : behind_sender_(behind_sender), before_receiver_(before_receiver) {
  for (WiringStage* stage :
       std::initializer_list<WiringStage*>{&behind_sender_, &taps_, &before_receiver_}) {
    wiring_.add(*stage);
  }
  std::size_t next = 0;
  const auto source = [inputs = std::move(inputs), next](std::vector<std::int32_t>& map) mutable {
    if (next == inputs.size()) {
      return false;
    }
    map = inputs[next++];
    return true;
  };
  machine_ = std::make_unique<Accelerator>("accelerator", built, image, source,
                                           std::vector<std::size_t>(), &wiring_);
  machine_->controller->on_state.listen([this](const StateEntered& e) { states_.push_back(e); });
  listen(*machine_);
  monitors_ = std::make_unique<ProtocolMonitors>(
      *machine_, taps_, monitored, image, built_in_decoders(), [this](const Violation& violation) {
        violations_.push_back(violation);
        // A broken machine is not to be trusted any further.
        SC_REPORT_ERROR("/protocol", violation.text().c_str());
      });
}

MonitoredMachine::~MonitoredMachine() = default;

void MonitoredMachine::run() {
  try {
    sc_core::sc_start();
    monitors_->finish();
  } catch (const sc_core::sc_report& report) {
    failure_ = report.get_msg();
  }
}

Cycle MonitoredMachine::begin_of(ControllerState state, std::uint32_t input,
                                 std::uint32_t iteration) const {
  for (const StateEntered& entered : states_) {
    if (entered.state == state && entered.input == input && entered.iteration == iteration) {
      return entered.cycle;
    }
  }
  return kNever;
}

MemoryImage iterative_image(std::size_t first, std::size_t second) {
  for (unsigned seed = 1;; ++seed) {
    RandomModel random(seed);
    CompileOptions options = random.options();
    options.scheme = Scheme::iterative;
    MemoryImage image = image_of(random.model(), options);
    if (image.info().iterations >= 2 && image.network().layers[0].has_weights() &&
        image.cluster(1, 0).value.size() >= first && image.cluster(2, 0).value.size() >= second) {
      return image;
    }
  }
}

}  // namespace airnn::test
