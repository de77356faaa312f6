// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_fabric.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

namespace {

constexpr unsigned kMostBuffer = 64;
constexpr Cycle kMostHop = 16;
constexpr Cycle kMostLink = 8;

const MeshParams& checked(const MeshParams& params) {
  const auto within = [](auto value, auto most) { return value >= 1 && value <= most; };
  if (!within(params.width, MeshParams::kMostSide) ||
      !within(params.height, MeshParams::kMostSide) || params.nodes() < 2 ||
      !within(params.buffer_flits, kMostBuffer) ||
      !within(params.virtual_channels, MeshParams::kMostChannels) ||
      !within(params.hop_cycles, kMostHop) || !within(params.link_cycles, kMostLink)) {
    throw std::invalid_argument("a mesh of such parameters does not exist");
  }
  return params;
}

}  // namespace

MeshFabric::MeshFabric(const MeshParams& params, MeshListener& listener)
    : params_(checked(params)),
      channels_(params.virtual_channels),
      listener_(listener),
      layout_(params),
      calendar_(std::size_t{params.nodes()} * kSendingPorts),
      outputs_(std::size_t{params.nodes()} * kSendingPorts),
      buffers_(std::size_t{params.nodes()} * kRouterPorts * channels_),
      flits_(buffers_.size() * params.buffer_flits),
      queues_(std::size_t{params.nodes()} * channels_) {
  for (unsigned node = 0; node < params_.nodes(); ++node) {
    bind(node);
  }
}

void MeshFabric::bind(unsigned node) {
  for (unsigned port = 0; port < kSendingPorts; ++port) {
    const std::uint32_t number = node * kSendingPorts + port;
    Output& output = outputs_[number];
    output.node = node;
    output.port = static_cast<std::uint8_t>(port);
    output.last_channel = static_cast<std::uint8_t>(channels_ - 1);
    const auto direction = static_cast<MeshPort>(port);
    const bool is_interface = direction == MeshPort::interface;
    if (!is_interface && !layout_.has_neighbour(node, direction)) {
      continue;
    }
    const unsigned to = is_interface ? node : layout_.neighbour(node, direction);
    const MeshPort input = is_interface ? MeshPort::local : opposite(direction);
    for (unsigned channel = 0; channel < channels_; ++channel) {
      const std::uint32_t behind = buffer_of(to, static_cast<unsigned>(input), channel);
      output.channels[channel].behind = behind;
      buffers_[behind].feeder = number;
    }
  }
}

void MeshFabric::offer(const MeshPacket& packet) {
  if (packet.source >= params_.nodes() || packet.destination >= params_.nodes() ||
      packet.flits == 0 || packet.flits > kMostPacketFlits || packet.virtual_channel >= channels_ ||
      packet.offered != now_) {
    throw std::invalid_argument("no packet of this mesh, or not of this cycle");
  }
  std::uint32_t place = 0;
  if (free_packets_.empty()) {
    place = static_cast<std::uint32_t>(packets_.size());
    packets_.push_back(packet);
  } else {
    place = free_packets_.back();
    free_packets_.pop_back();
    packets_[place] = packet;
  }
  ++under_way_;
  queues_[packet.source * channels_ + packet.virtual_channel].packets.push_back(place);
  calendar_.wake(packet.source * kSendingPorts + static_cast<unsigned>(MeshPort::interface), now_);
  listener_.offered(packets_[place]);
}

void MeshFabric::run_until(Cycle limit) {
  for (Cycle next = calendar_.next(now_); next < limit; next = calendar_.next(now_)) {
    now_ = next;
    calendar_.take(now_, [this](std::size_t number) {
      look_at(outputs_[number], static_cast<std::uint32_t>(number));
    });
    ++now_;
  }
  now_ = std::max(now_, limit);
}

void MeshFabric::settle() {
  if (!idle() || now_ < links_free_from_) {
    throw std::logic_error("a mesh that is not at rest");
  }
  for (Output& output : outputs_) {
    output.last_channel = static_cast<std::uint8_t>(channels_ - 1);
    for (OutputChannel& channel : output.channels) {
      channel.last_owner = kLastInput;
    }
  }
}

void MeshFabric::look_at(Output& output, std::uint32_t number) {
  if (output.free_from > now_) {
    calendar_.wake(number, output.free_from);
    return;
  }
  for (unsigned i = 1; i <= channels_; ++i) {
    const unsigned sum = output.last_channel + i;
    const unsigned virtual_channel = sum < channels_ ? sum : sum - channels_;
    const OutputChannel& channel = output.channels[virtual_channel];
    const std::uint8_t input = candidate(output, channel, virtual_channel);
    if (input != kNone && (channel.behind == kNowhere || has_slot(channel.behind, number))) {
      push(output, number, virtual_channel, input);
      return;
    }
  }
}

std::uint8_t MeshFabric::candidate(const Output& output, const OutputChannel& channel,
                                   unsigned virtual_channel) const {
  if (output.port == static_cast<unsigned>(MeshPort::interface)) {
    return queues_[output.node * channels_ + virtual_channel].packets.empty() ? kNone : output.port;
  }
  const auto can_leave = [&](unsigned input) {
    return buffers_[buffer_of(output.node, input, virtual_channel)].front_from <= now_;
  };
  if (channel.owner != kNone) {
    return can_leave(channel.owner) ? channel.owner : kNone;
  }
  if (channel.heads == 0) {
    return kNone;
  }
  unsigned input = channel.last_owner;
  for (unsigned i = 0; i < kRouterPorts; ++i) {
    input = input + 1 < kRouterPorts ? input + 1 : 0;
    if ((channel.heads >> input & 1U) != 0 && can_leave(input)) {
      return static_cast<std::uint8_t>(input);
    }
  }
  return kNone;
}

bool MeshFabric::has_slot(std::uint32_t buffer, std::uint32_t output) {
  Buffer& next = buffers_[buffer];
  if (next.count >= params_.buffer_flits) {
    next.feeder_waits = true;
    return false;
  }
  // What left in this cycle frees its slot for the next.
  if (next.popped == now_ && next.count + 1 >= params_.buffer_flits) {
    calendar_.wake(output, now_ + 1);
    return false;
  }
  return true;
}

void MeshFabric::push(Output& output, std::uint32_t number, unsigned virtual_channel,
                      unsigned input) {
  OutputChannel& channel = output.channels[virtual_channel];
  const auto port = static_cast<MeshPort>(output.port);
  const bool is_interface = port == MeshPort::interface;
  const Flit flit = is_interface
                        ? take(queues_[output.node * channels_ + virtual_channel])
                        : take(buffer_of(output.node, input, virtual_channel), channel, input);
  const MeshPacket& packet = packets_[flit.packet];
  output.free_from = now_ + params_.link_cycles;
  links_free_from_ = output.free_from;
  output.last_channel = static_cast<std::uint8_t>(virtual_channel);
  const Cycle arrives = now_ + (is_interface ? 1 : params_.hop_cycles);
  if (channel.behind != kNowhere) {
    put(channel.behind, {flit.packet, flit.index, arrives});
  }
  if (has_more(output, virtual_channel)) {
    calendar_.wake(number, output.free_from);
  }
  listener_.pushed(
      {now_, arrives, &packet, flit.index, output.node, port, static_cast<MeshPort>(input)});
  if (port == MeshPort::local && flit.index + 1 == packet.flits) {
    free_packets_.push_back(flit.packet);
    --under_way_;
  }
}

/// Does anything else wait for this port that has been woken for already?
bool MeshFabric::has_more(const Output& output, unsigned virtual_channel) const {
  if (output.port == static_cast<unsigned>(MeshPort::interface)) {
    const auto queues = queues_.begin() + static_cast<std::ptrdiff_t>(output.node * channels_);
    return std::any_of(queues, queues + channels_,
                       [](const Queue& queue) { return !queue.packets.empty(); });
  }
  for (unsigned other = 0; other < channels_; ++other) {
    const OutputChannel& channel = output.channels[other];
    if (channel.owner == kNone ? channel.heads != 0 : other != virtual_channel) {
      return true;
    }
  }
  return false;
}

MeshFabric::Flit MeshFabric::take(std::uint32_t buffer, OutputChannel& channel, unsigned input) {
  Buffer& from = buffers_[buffer];
  const Flit flit = flits_[buffer * params_.buffer_flits + from.first];
  if (flit.index == 0) {
    channel.last_owner = static_cast<std::uint8_t>(input);
    channel.heads &= static_cast<std::uint8_t>(~(1U << input));
  }
  const bool is_tail = flit.index + 1 == packets_[flit.packet].flits;
  channel.owner = is_tail ? kNone : static_cast<std::uint8_t>(input);
  from.first = from.first + 1 < params_.buffer_flits ? from.first + 1 : 0;
  --from.count;
  from.popped = now_;
  from.front_from = kNever;
  if (from.feeder_waits) {
    from.feeder_waits = false;
    calendar_.wake(from.feeder, now_ + 1);
  }
  if (from.count > 0) {
    show_front(buffer, now_ + 1);
  }
  return flit;
}

MeshFabric::Flit MeshFabric::take(Queue& queue) {
  const std::uint32_t packet = queue.packets.front();
  const Flit flit{packet, queue.next_flit, now_};
  if (++queue.next_flit == packets_[packet].flits) {
    queue.packets.pop_front();
    queue.next_flit = 0;
  }
  return flit;
}

void MeshFabric::put(std::uint32_t buffer, const Flit& flit) {
  Buffer& to = buffers_[buffer];
  const std::uint32_t end = to.first + to.count;
  flits_[buffer * params_.buffer_flits +
         (end < params_.buffer_flits ? end : end - params_.buffer_flits)] = flit;
  if (++to.count == 1) {
    show_front(buffer, flit.ready);
  }
}

/// The oldest flit of a buffer has become another.
void MeshFabric::show_front(std::uint32_t buffer, Cycle from) {
  Buffer& shown = buffers_[buffer];
  const Flit& flit = flits_[buffer * params_.buffer_flits + shown.first];
  shown.front_from = std::max(from, flit.ready);
  if (flit.index == 0) {
    const std::uint32_t input = buffer / channels_;
    const std::uint32_t node = input / kRouterPorts;
    const auto port = layout_.route(node, packets_[flit.packet].destination);
    shown.output = node * kSendingPorts + static_cast<std::uint32_t>(port);
    outputs_[shown.output].channels[buffer % channels_].heads |=
        static_cast<std::uint8_t>(1U << input % kRouterPorts);
  }
  calendar_.wake(shown.output, shown.front_from);
}

}  // namespace airnn
