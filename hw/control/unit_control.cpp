// SPDX-License-Identifier: Apache-2.0
#include "hw/control/unit_control.h"

#include <algorithm>
#include <utility>

#include "hw/common/attached_extension.h"
#include "hw/common/check.h"
#include "hw/common/settle.h"
#include "sw/format/errors.h"

namespace airnn {

UnitControl::UnitControl(std::string owner, Outputs& outputs, FetchContents& contents)
    : owner_(std::move(owner)), outputs_(outputs), contents_(contents) {}

void UnitControl::reset(const InputJob& job, std::uint32_t iteration) {
  send(ControlKind::reset, job, iteration);
}

void UnitControl::configure(const InputJob& job, std::uint32_t iteration) {
  const GroupTables* tables = nullptr;
  try {
    tables = contents_.groups(iteration);
  } catch (const ImageError& error) {
    model_failure(owner_, std::string("interleave tables of ") + error.what() + " (P9)");
  }
  send(ControlKind::configure, job, iteration, tables);
}

void UnitControl::start(const InputJob& job, std::uint32_t iteration, std::uint32_t place) {
  send(ControlKind::start, job, iteration, nullptr, place);
}

bool UnitControl::have_obeyed() {
  return std::all_of(outputs_.begin(), outputs_.end(),
                     [](StreamOut<ControlMessage>& out) { return out.idle(); });
}

Cycle UnitControl::settle_links() {
  Cycle settled = 0;
  for (StreamOut<ControlMessage>& out : outputs_) {
    tlm::tlm_generic_payload question;
    question.set_command(tlm::TLM_IGNORE_COMMAND);
    Settle settle;
    const AttachedExtension attached(question, settle);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    out->b_transport(question, delay);
    settled = std::max(settled, settle.ready);
  }
  return settled;
}

void UnitControl::send(ControlKind kind, const InputJob& job, std::uint32_t iteration,
                       const GroupTables* tables, std::uint32_t place) {
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    StreamOut<ControlMessage>& out = outputs_[i];
    MODEL_CHECK(out.can_push(), owner_, "a unit does not take its control messages");
    const KernelGroups* groups =
        tables == nullptr || i == 0 ? nullptr : tables->of(static_cast<std::uint32_t>(i - 1));
    const ContentId content = groups == nullptr ? 0 : contents_.tables(iteration).content();
    out.push({kind, job.input, iteration, groups, content, place}, 1);
  }
}

}  // namespace airnn
