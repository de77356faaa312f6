// SPDX-License-Identifier: Apache-2.0
#include "testbenches/protocol/monitored_machine.h"

#include <utility>

namespace airnn::test {

MonitoredMachine::MonitoredMachine(const MemoryImage& image, const AcceleratorParams& built,
                                   const AcceleratorParams& monitored, Maps inputs,
                                   const Insert& behind_sender, const Insert& before_receiver,
                                   const std::function<void(Accelerator&)>& listen) {
  const auto insert = [this](const Insert& make, const std::string& sender) -> Interposer* {
    std::unique_ptr<Interposer> module = make ? make(sender) : nullptr;
    if (module == nullptr) {
      return nullptr;
    }
    inserted_.push_back(std::move(module));
    return inserted_.back().get();
  };
  wiring_ = std::make_unique<TappedWiring>(
      [=](tlm::tlm_initiator_socket<>& from) -> tlm::tlm_initiator_socket<>& {
        Interposer* module = insert(behind_sender, name_in_accelerator(from));
        if (module == nullptr) {
          return from;
        }
        from.bind(module->from_initiator);
        return module->to_target;
      },
      [=](const tlm::tlm_initiator_socket<>& from,
          tlm::tlm_target_socket<>& to) -> tlm::tlm_target_socket<>& {
        Interposer* module = insert(before_receiver, name_in_accelerator(from));
        if (module == nullptr) {
          return to;
        }
        module->to_target.bind(to);
        return module->from_initiator;
      });
  std::size_t next = 0;
  const auto source = [inputs = std::move(inputs), next](std::vector<std::int32_t>& map) mutable {
    if (next == inputs.size()) {
      return false;
    }
    map = inputs[next++];
    return true;
  };
  machine_ = std::make_unique<Accelerator>("accelerator", built, image, source,
                                           std::vector<std::size_t>(), wiring_.get());
  machine_->controller->on_state.listen([this](const StateEntered& e) { states_.push_back(e); });
  listen(*machine_);
  monitors_ = std::make_unique<ProtocolMonitors>(
      *machine_, *wiring_, monitored, image, [this](const Violation& violation) {
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
