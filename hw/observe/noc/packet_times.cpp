// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/noc/packet_times.h"

#include "sw/format/output_file.h"

namespace airnn {

namespace {

void add_time(std::string& text, Cycle cycle) {
  text += ',';
  if (cycle != kNever) {
    text += std::to_string(cycle);
  }
}

}  // namespace

void PacketTimes::pushed(const FlitPushed& event) {
  Packet& packet = packets_[event.packet->id];
  if (event.output == MeshPort::interface && event.is_head()) {
    packet.head_injected = event.cycle;
  }
  if (event.output == MeshPort::local && event.is_head()) {
    packet.head_ejected = event.arrives;
  }
  if (event.output == MeshPort::local && event.is_tail()) {
    packet.tail_ejected = event.arrives;
  }
}

void PacketTimes::write(const std::string& path) const {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  OutputFile file(path);
  std::string text =
      "offered,source,destination,flits,virtual_channel,head_injected,head_ejected,tail_ejected\n";
  for (const Packet& packet : packets_) {
    text += std::to_string(packet.packet.offered) + ',' + std::to_string(packet.packet.source) +
            ',' + std::to_string(packet.packet.destination) + ',' +
            std::to_string(packet.packet.flits) + ',' +
            std::to_string(packet.packet.virtual_channel);
    add_time(text, packet.head_injected);
    add_time(text, packet.head_ejected);
    add_time(text, packet.tail_ejected);
    text += '\n';
    if (text.size() >= kBlock) {
      file.write(text);
      text.clear();
    }
  }
  file.write(text);
  file.commit();
}

}  // namespace airnn
