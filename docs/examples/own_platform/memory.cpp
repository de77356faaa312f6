// SPDX-License-Identifier: Apache-2.0
// A DDR3 channel on its own, without SystemC: offer it reads in a row, print when the last is there.
#include <cstdint>
#include <iostream>

#include "hw/memory/ddr3/ddr3_channel.h"

using namespace airnn;

class LastRead final : public DramListener {
 public:
  void issued(const CommandIssued& event) override {
    activates += event.command == DramCommand::activate ? 1 : 0;
  }
  void served(const RequestServed& event) override { complete = event.complete; }

  int activates = 0;
  Cycle complete = 0;
};

int main() {
  LastRead last;
  Ddr3ChannelParams params;  // 4 Gb x8, DDR3-1600K
  params.refresh = false;
  Ddr3Channel channel(params, last);
  for (std::uint64_t burst = 0; burst < 1000; ++burst) {
    DramRequest request;
    request.address = 64 * burst;
    channel.accept(request, channel.run_until_room(request, burst));
  }
  channel.run_until_idle();
  std::cout << "1000 reads: " << last.complete << " tCK, " << last.activates << " rows" << std::endl;
  return 0;
}
