// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/mesh_twin.h"

#include <utility>

namespace airnn::test {

namespace {

constexpr unsigned kNorth = 0;
constexpr unsigned kEast = 1;
constexpr unsigned kSouth = 2;
constexpr unsigned kWest = 3;
constexpr unsigned kLocal = 4;
constexpr unsigned kInterface = 5;

/// Where a flit comes in that was sent in this direction.
unsigned opposite(unsigned direction) {
  switch (direction) {
    case kNorth:
      return kSouth;
    case kEast:
      return kWest;
    case kSouth:
      return kNorth;
    case kWest:
      return kEast;
    default:
      return kLocal;  // from the interface
  }
}

}  // namespace

MeshTwin::MeshTwin(const MeshParams& params, MeshListener& listener)
    : params_(params), listener_(listener) {
  Node node;
  node.inputs.assign(kRouterPorts, std::vector<Buffer>(params.virtual_channels));
  node.queues.resize(params.virtual_channels);
  Output output;
  output.owner.resize(params.virtual_channels);
  output.last_owner.resize(params.virtual_channels);
  node.outputs.assign(kSendingPorts, output);
  nodes_.assign(std::size_t{params.width} * params.height, node);
}

void MeshTwin::plant(MeshFlaw flaw, Cycle from) {
  flaw_ = flaw;
  flaw_from_ = from;
}

bool MeshTwin::tempted(MeshFlaw flaw, Cycle t) const {
  return flaw_ == flaw && t >= flaw_from_ && !erred_;
}

bool MeshTwin::errs(MeshFlaw flaw, Cycle t) {
  if (!tempted(flaw, t)) {
    return false;
  }
  erred_ = true;
  went_wrong_ = t;
  return true;
}

void MeshTwin::offer(const MeshPacket& packet) {
  packets_.push_back(packet);
  listener_.offered(packet);
  Buffer& queue = nodes_[packet.source].queues[packet.virtual_channel];
  for (unsigned i = 0; i < packet.flits; ++i) {
    queue.push_back({&packets_.back(), i, packet.offered});
  }
}

bool MeshTwin::idle() const {
  for (const Node& node : nodes_) {
    for (const Buffer& queue : node.queues) {
      if (!queue.empty()) {
        return false;
      }
    }
    for (const auto& input : node.inputs) {
      for (const Buffer& buffer : input) {
        if (!buffer.empty()) {
          return false;
        }
      }
    }
  }
  return true;
}

std::size_t MeshTwin::queued(unsigned node) const {
  std::size_t flits = 0;
  for (const Buffer& queue : nodes_[node].queues) {
    flits += queue.size();
  }
  return flits;
}

void MeshTwin::step(Cycle t) {
  if (flaw_ == MeshFlaw::turns_wrong && t >= flaw_from_ && turned_ == nullptr) {
    turn_some_packet(t);
  }
  std::vector<Move> moves;  // decided on the state at the beginning of the cycle
  for (unsigned node = 0; node < nodes_.size(); ++node) {
    for (unsigned output = 0; output < kSendingPorts; ++output) {
      if (const auto move = decide(node, output, t)) {
        moves.push_back(*move);
      }
    }
  }
  for (const Move& move : moves) {
    carry_out(move, t);
  }
}

std::optional<MeshTwin::Move> MeshTwin::decide(unsigned node, unsigned output, Cycle t) {
  const Output& port = nodes_[node].outputs[output];
  const bool is_taken = port.pushed && *port.pushed + params_.link_cycles > t;
  if (is_taken && flaw_ != MeshFlaw::hurries) {
    return std::nullopt;
  }
  const unsigned first = port.last_channel ? *port.last_channel + 1 : 0;
  for (unsigned i = 0; i < params_.virtual_channels; ++i) {
    const unsigned channel = (first + i) % params_.virtual_channels;
    const auto input = candidate(node, output, channel, t);
    if (!input) {
      continue;
    }
    const Move move{node, output, *input, channel};
    const Buffer* next = behind(move);
    const bool is_full = next != nullptr && next->size() >= params_.buffer_flits;
    if (is_full && !errs(MeshFlaw::overfills, t)) {
      continue;
    }
    if (is_taken && !errs(MeshFlaw::hurries, t)) {
      continue;
    }
    return move;
  }
  return std::nullopt;
}

bool MeshTwin::is_there(const Buffer& buffer, Cycle t) {
  if (buffer.empty()) {
    return false;
  }
  return buffer.front().arrives <= t || tempted(MeshFlaw::early, t);
}

std::optional<unsigned> MeshTwin::candidate(unsigned node, unsigned output, unsigned channel,
                                            Cycle t) {
  if (output == kInterface) {
    const Buffer& queue = nodes_[node].queues[channel];
    if (queue.empty() || queue.front().arrives > t || queue.front().packet == kept_) {
      return std::nullopt;
    }
    if (queue.front().index == 0 && errs(MeshFlaw::keeps_packet, t)) {
      kept_ = queue.front().packet;
      return std::nullopt;
    }
    return kInterface;
  }
  Output& port = nodes_[node].outputs[output];
  const auto wants = [&](unsigned input) {
    const Buffer& buffer = nodes_[node].inputs[input][channel];
    return !buffer.empty() && buffer.front().index == 0 &&
           direction(node, *buffer.front().packet) == output && is_there(buffer, t);
  };
  if (const auto owner = port.owner[channel]) {
    if (is_there(nodes_[node].inputs[*owner][channel], t)) {
      return owner;
    }
    for (unsigned input = 0; input < kRouterPorts; ++input) {
      if (tempted(MeshFlaw::mixes_packets, t) && wants(input)) {
        return input;
      }
    }
    return std::nullopt;
  }
  const unsigned first = port.last_owner[channel] ? *port.last_owner[channel] + 1 : kNorth;
  for (unsigned i = 0; i < kRouterPorts; ++i) {
    const unsigned input = (first + i) % kRouterPorts;
    if (wants(input)) {
      return input;
    }
  }
  return std::nullopt;
}

MeshTwin::Buffer& MeshTwin::from(const Move& move) {
  Node& node = nodes_[move.node];
  return move.output == kInterface ? node.queues[move.channel]
                                   : node.inputs[move.input][move.channel];
}

MeshTwin::Buffer* MeshTwin::behind(const Move& move) {
  if (move.output == kLocal) {
    return nullptr;
  }
  if (move.output == kInterface) {
    return &nodes_[move.node].inputs[kLocal][move.channel];
  }
  return &nodes_[neighbour(move.node, move.output)].inputs[opposite(move.output)][move.channel];
}

void MeshTwin::carry_out(const Move& move, Cycle t) {
  Buffer& source = from(move);
  if (source.size() > 1 && source[1].packet == source[0].packet && source[1].arrives <= t) {
    if (errs(MeshFlaw::swaps_flits, t)) {
      std::swap(source[0].index, source[1].index);
    } else if (errs(MeshFlaw::loses_flit, t)) {
      source.pop_front();
    }
  }
  Flit flit = source.front();
  if (&source == repeats_) {
    went_wrong_ = t;
    repeats_ = nullptr;
  }
  const bool is_tail = flit.index + 1 == flit.packet->flits;
  if (!is_tail && errs(MeshFlaw::repeats_flit, t)) {
    went_wrong_.reset();  // the repetition is what is wrong
    repeats_ = &source;
  } else {
    source.pop_front();
  }
  if (flit.packet == turned_ && move.node == turned_at_ && flit.index == 0) {
    went_wrong_ = t;
  }
  Output& port = nodes_[move.node].outputs[move.output];
  if (flit.arrives > t) {
    errs(MeshFlaw::early, t);
  }
  if (flit.index == 0 && port.owner[move.channel]) {
    errs(MeshFlaw::mixes_packets, t);
  }
  port.pushed = t;
  port.last_channel = move.channel;
  if (flit.index == 0) {
    port.owner[move.channel] = move.input;
    port.last_owner[move.channel] = move.input;
  }
  if (is_tail) {
    port.owner[move.channel].reset();
  }
  flit.arrives = t + (move.output == kInterface ? 1 : params_.hop_cycles);
  Buffer* const next = behind(move);
  listener_.pushed({t, flit.arrives, flit.packet, flit.index, move.node,
                    static_cast<MeshPort>(move.output), static_cast<MeshPort>(move.input)});
  if (next != nullptr) {
    next->push_back(flit);
  }
}

void MeshTwin::turn_some_packet(Cycle t) {
  for (unsigned node = 0; node < nodes_.size(); ++node) {
    for (const auto& input : nodes_[node].inputs) {
      for (const Buffer& buffer : input) {
        if (!buffer.empty() && buffer.front().index == 0 && buffer.front().arrives <= t &&
            direction(node, *buffer.front().packet) != kLocal) {
          turned_ = buffer.front().packet;
          turned_at_ = node;
          return;
        }
      }
    }
  }
}

unsigned MeshTwin::neighbour(unsigned node, unsigned direction) const {
  switch (direction) {
    case kNorth:
      return node - params_.width;
    case kEast:
      return node + 1;
    case kSouth:
      return node + params_.width;
    default:
      return node - 1;
  }
}

unsigned MeshTwin::direction(unsigned node, const MeshPacket& packet) const {
  if (&packet == turned_ && node == turned_at_) {
    return kLocal;
  }
  const unsigned x = node % params_.width;
  const unsigned y = node / params_.width;
  const unsigned to_x = packet.destination % params_.width;
  const unsigned to_y = packet.destination / params_.width;
  const unsigned along_row = x < to_x ? kEast : kWest;
  const unsigned along_column = y < to_y ? kSouth : kNorth;
  if (params_.routing == MeshRouting::xy) {
    return x != to_x ? along_row : y != to_y ? along_column : kLocal;
  }
  return y != to_y ? along_column : x != to_x ? along_row : kLocal;
}

}  // namespace airnn::test
