// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/control/fetch/fetch_contents.h"

namespace airnn {

/// Sends the controller's messages to the units that it controls: reset, configure and start.
/// Output 0 goes to the input buffer, the others to the layers in their order.
class UnitControl {
 public:
  using Outputs = sc_core::sc_vector<StreamOut<ControlMessage>>;

  /// Both must outlive this. `owner` is named in failures.
  UnitControl(std::string owner, Outputs& outputs, FetchContents& contents);

  void reset(const InputJob& job, std::uint32_t iteration);
  /// With the interleave tables of the iteration where it has some. Fails (P9) if they are damaged.
  void configure(const InputJob& job, std::uint32_t iteration);
  /// `place` is that of the input's map in the input buffer.
  void start(const InputJob& job, std::uint32_t iteration, std::uint32_t place);
  /// Every message was taken.
  bool have_obeyed();
  /// Asks the links to be as they were at first: the cycle in which they are, or in which to ask
  /// again if that lies ahead.
  Cycle settle_links();

 private:
  void send(ControlKind kind, const InputJob& job, std::uint32_t iteration,
            const GroupTables* tables = nullptr, std::uint32_t place = 0);

  const std::string owner_;
  Outputs& outputs_;
  FetchContents& contents_;
};

}  // namespace airnn
