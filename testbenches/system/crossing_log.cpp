// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/crossing_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "hw/link/noc/mesh_placement.h"
#include "testbenches/reference/mesh_channels_twin.h"

namespace airnn::test {

namespace {

template <typename T>
std::uint64_t bits_of(const tlm::tlm_generic_payload& payload, const WireFormat& wires) {
  return wire_bits(reinterpret_cast<const Timed<T>*>(payload.get_data_ptr())->item, wires);
}

/// Item by item; weights are a packet each, everything else is cut.
std::vector<unsigned> cut(const tlm::tlm_generic_payload& payload, const Binding& binding,
                          unsigned flit_bits) {
  std::uint64_t bits = 0;
  switch (binding.items) {
    case ItemKind::placed_weights:
      return {static_cast<unsigned>(
          (32 + bits_of<PlacedWeights>(payload, binding.wires) + flit_bits - 1) / flit_bits)};
    case ItemKind::feature_map:
      bits = bits_of<FeatureMap>(payload, binding.wires);
      break;
    default:
      bits = bits_of<ControlMessage>(payload, binding.wires);
      break;
  }
  std::vector<unsigned> packets;
  while (bits > 512) {
    packets.push_back((32 + 512) / flit_bits + ((32 + 512) % flit_bits == 0 ? 0 : 1));
    bits -= 512;
  }
  packets.push_back(static_cast<unsigned>((32 + bits + flit_bits - 1) / flit_bits));
  return packets;
}

class LoggedLink final : public Link {
 public:
  LoggedLink(std::unique_ptr<Link> link, const MeshLinkParams& params, const LinkedMachine& machine,
             std::shared_ptr<CrossingLog> log)
      : link_(std::move(link)), params_(params), log_(std::move(log)) {
    const std::vector<unsigned> nodes = layer_nodes(params, machine.layers.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      nodes_[machine.layers[i]] = nodes[i];
    }
  }

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.items == ItemKind::input_job) {
      return add(binding, to, nullptr, &log_->jobs_taken, nullptr, nullptr);
    }
    const std::string producer = binding.sender().substr(0, binding.sender().find('.'));
    const std::string consumer = binding.receiver().substr(0, binding.receiver().find('.'));
    const unsigned source = node_of(producer);
    const unsigned destination = node_of(consumer);
    if (binding.stream == nullptr || source == destination) {
      return link_->insert(binding, to);
    }
    CrossingLog::Stream& stream = log_->streams.emplace_back();
    stream.name = binding.sender();
    stream.source = source;
    stream.destination = destination;
    stream.items = binding.items;
    stream.producer = producer;
    tlm::tlm_target_socket<>& behind =
        add(binding, to, &stream.arrived, &stream.popped, nullptr, nullptr);
    return add(binding, link_->insert(binding, behind), &stream.sent, nullptr, &stream.packets,
               &stream.credited);
  }
  Counts work_until(Cycle cycle) override { return link_->work_until(cycle); }
  const LinkRecord* loads() override { return link_->loads(); }
  Link& core() override { return link_->core(); }

 private:
  class Logger final : public Interposer {
   public:
    Logger(const Binding& binding, unsigned flit_bits, std::vector<Cycle>* items,
           std::vector<Cycle>* pops, std::vector<std::vector<unsigned>>* packets,
           std::vector<Cycle>* credits)
        : Interposer(sc_core::sc_gen_unique_name("logger")),
          binding_(binding),
          flit_bits_(flit_bits),
          items_(items),
          pops_(pops),
          packets_(packets),
          credits_(credits) {}

   private:
    Cycle at(const sc_core::sc_time& delay) const {
      return binding_.stream->clock().next_edge(sc_core::sc_time_stamp() + delay);
    }
    tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override {
      if (payload.get_command() != tlm::TLM_IGNORE_COMMAND && items_ != nullptr) {
        items_->push_back(at(delay));
        if (packets_ != nullptr) {
          packets_->push_back(cut(payload, binding_, flit_bits_));
        }
      }
      return to_target->nb_transport_fw(payload, phase, delay);
    }
    tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override {
      if (pops_ != nullptr) {
        pops_->push_back(at(delay) - 1);
      }
      if (credits_ != nullptr) {
        credits_->push_back(at(delay));
      }
      return from_initiator->nb_transport_bw(payload, phase, delay);
    }

    const Binding binding_;
    const unsigned flit_bits_;
    std::vector<Cycle>* items_;
    std::vector<Cycle>* pops_;
    std::vector<std::vector<unsigned>>* packets_;
    std::vector<Cycle>* credits_;
  };

  unsigned node_of(const std::string& unit) const {
    const auto layer = nodes_.find(unit);
    return layer == nodes_.end() ? params_.memory_node : layer->second;
  }

  tlm::tlm_target_socket<>& add(const Binding& binding, tlm::tlm_target_socket<>& to,
                                std::vector<Cycle>* items, std::vector<Cycle>* pops,
                                std::vector<std::vector<unsigned>>* packets,
                                std::vector<Cycle>* credits) {
    loggers_.push_back(
        std::make_unique<Logger>(binding, params_.mesh.flit_bits, items, pops, packets, credits));
    loggers_.back()->to_target.bind(to);
    return loggers_.back()->from_initiator;
  }

  std::unique_ptr<Link> link_;
  const MeshLinkParams params_;
  std::shared_ptr<CrossingLog> log_;
  std::map<std::string, unsigned> nodes_;
  std::vector<std::unique_ptr<Logger>> loggers_;
};

class Nobody final : public MeshListener {
 public:
  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed&) override {}
};

/// Cycles of [begin, end), one after the other.
class Cursor {
 public:
  Cursor(const std::vector<Cycle>& cycles, Cycle begin)
      : cycles_(cycles),
        next_(static_cast<std::size_t>(std::lower_bound(cycles.begin(), cycles.end(), begin) -
                                       cycles.begin())) {}

  /// How many are at this cycle, or before.
  unsigned take_until(Cycle cycle) {
    unsigned count = 0;
    for (; next_ < cycles_.size() && cycles_[next_] <= cycle; ++next_) {
      ++count;
    }
    return count;
  }
  std::size_t place() const { return next_; }

 private:
  const std::vector<Cycle>& cycles_;
  std::size_t next_;
};

/// What one stream did in a stretch.
struct StreamReplay {
  StreamReplay(const CrossingLog::Stream& stream, Cycle begin)
      : sent(stream.sent, begin),
        arrived(stream.arrived, begin),
        popped(stream.popped, begin),
        credited(stream.credited, begin) {}

  Cursor sent;
  Cursor arrived;
  Cursor popped;
  Cursor credited;
  unsigned arrivals = 0;
  unsigned pops = 0;
  unsigned sends = 0;
  unsigned credits = 0;
};

/// The stream with which its items travel: the first of a producer to a node, if they are maps.
std::vector<std::size_t> leaders(const CrossingLog& log) {
  std::vector<std::size_t> leaders;
  for (const CrossingLog::Stream& stream : log.streams) {
    std::size_t leader = leaders.size();
    for (std::size_t i = 0; i < leaders.size() && stream.items == ItemKind::feature_map; ++i) {
      const CrossingLog::Stream& other = log.streams[i];
      if (other.items == ItemKind::feature_map && other.producer == stream.producer &&
          other.destination == stream.destination) {
        leader = std::min(leader, i);
      }
    }
    leaders.push_back(leader);
  }
  return leaders;
}

std::string replay(const CrossingLog& log, const MeshLinkParams& params, Cycle begin, Cycle end) {
  std::vector<StreamOverMesh> streams;
  std::vector<StreamReplay> replays;
  for (const CrossingLog::Stream& stream : log.streams) {
    const unsigned others = params.mesh.virtual_channels > 1 ? 1 : 0;
    streams.push_back({stream.source, stream.destination,
                       stream.items == ItemKind::placed_weights ? 0 : others, others, 1,
                       params.mesh.flit_bits == 16 ? 2U : 1U});
    replays.emplace_back(stream, begin);
  }
  const std::vector<std::size_t> leader = leaders(log);
  Nobody nobody;
  MeshChannelsTwin twin(params.mesh, streams, nobody);
  for (Cycle t = begin; t < end; ++t) {
    twin.begin(t - begin);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      StreamReplay& seen = replays[i];
      seen.arrivals += seen.arrived.take_until(t);
      seen.credits += seen.credited.take_until(t);
      // Followers send nothing themselves: their sums wrap around, and fit all the same.
      const auto& lead = replays[leader[i]];
      const bool has_arrivals = twin.waiting(leader[i]) + lead.pops == seen.arrivals;
      const auto credits = static_cast<unsigned>(seen.sends - twin.taken(i));
      if (!has_arrivals || credits != seen.credits) {
        return log.streams[i].name + " in cycle " + std::to_string(t) + ": " +
               std::to_string(seen.arrivals) + " items and " + std::to_string(seen.credits) +
               " credits had arrived since cycle " + std::to_string(begin) + ", in the twin " +
               std::to_string(twin.waiting(leader[i]) + lead.pops) + " and " +
               std::to_string(credits);
      }
    }
    for (std::size_t i = 0; i < streams.size(); ++i) {
      StreamReplay& seen = replays[i];
      const std::size_t first = seen.sent.place();
      const unsigned sends = seen.sent.take_until(t);
      for (std::size_t n = first; n < first + sends && leader[i] == i; ++n) {
        twin.send(i, log.streams[i].packets[n]);
        ++seen.sends;
      }
    }
    for (std::size_t i = 0; i < streams.size(); ++i) {
      for (unsigned pops = replays[i].popped.take_until(t); pops > 0; --pops) {
        twin.pop(i);
        ++replays[i].pops;
      }
    }
    twin.end(t - begin);
  }
  return "";
}

}  // namespace

LinkModel logged(const LinkModel& link, const MeshLinkParams& params,
                 const std::shared_ptr<CrossingLog>& log) {
  LinkModel model = link;
  model.make = [link, params, log](const LinkedMachine& machine) {
    return std::make_unique<LoggedLink>(link.make(machine), params, machine, log);
  };
  return model;
}

std::string difference_from_twin(const CrossingLog& log, const MeshLinkParams& params) {
  std::vector<Cycle> begins{0};
  begins.insert(begins.end(), log.jobs_taken.begin(), log.jobs_taken.end());
  Cycle last = 0;
  for (const CrossingLog::Stream& stream : log.streams) {
    last = std::max({last, stream.credited.empty() ? 0 : stream.credited.back() + 2});
  }
  begins.push_back(last);
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    const std::string difference = replay(log, params, begins[i], begins[i + 1]);
    if (!difference.empty()) {
      return difference;
    }
  }
  return "";
}

}  // namespace airnn::test
