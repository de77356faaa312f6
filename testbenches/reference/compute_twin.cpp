// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/compute_twin.h"

#include <algorithm>
#include <utility>

namespace airnn::test {

namespace {

constexpr std::int64_t kTags = 4;

/// Sums wrap like those of hardware do.
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

bool is_single(const std::vector<std::vector<std::function<std::int64_t()>>>& trees) {
  return std::all_of(trees.begin(), trees.end(), [](const auto& tree) { return tree.size() == 1; });
}

}  // namespace

ComputeTwin::ComputeTwin(const TwinConvolution& unit) : unit_(unit), groups_(unit.groups) {
  const Layer& layer = unit_.layer;
  area_ = std::int64_t{layer.window.kernel_h} * layer.window.kernel_w;
  channels_ = layer.input.channels / layer.groups;
  parallel_channels_ =
      unit_.channels_in_parallel == 0 ? channels_ : std::min(unit_.channels_in_parallel, channels_);
  map_positions_ = std::int64_t{layer.result.height} * layer.result.width;
  lanes_ = unit_.policy == InterleavePolicy::position ? kTags : unit_.split.blocks;
  for (std::uint32_t kernel = 0; unit_.groups.empty() && kernel < unit_.biases.size(); ++kernel) {
    const auto row = unit_.weights.begin() + kernel * layer.columns;
    const bool zero = std::all_of(row, row + layer.columns, [](std::int32_t w) { return w == 0; });
    if (!zero || unit_.issues_zero_kernels) {
      groups_.push_back({{kernel, 0, unit_.split.blocks}});
    }
  }
  finished_ = groups_.empty();

  std::vector<Wires> units = build_multipliers();
  build_blocks(units);
  build_end(build_channels(units));
  control_.resize(shown_.size());
  for (Control& control : control_) {
    control.flags.assign(unit_.split.blocks, false);
  }
  start_slot();
}

ComputeTwin::Wire ComputeTwin::reg(Wire input) {
  registers_.push_back({std::move(input)});
  return [r = &registers_.back()] { return r->now; };
}

ComputeTwin::Wire ComputeTwin::show_wire(Wire wire) {
  shown_.back().push_back(wire);
  return wire;
}

/// Registers behind adders of neighbours; the last of an odd number is only delayed.
ComputeTwin::Wires ComputeTwin::tree_level(const Wires& below) {
  Wires sums;
  for (std::size_t i = 0; i < below.size(); i += 2) {
    const bool paired = i + 1 < below.size();
    sums.push_back(show_wire(
        paired ? reg([a = below[i], b = below[i + 1]] { return plus(a(), b()); }) : reg(below[i])));
  }
  return sums;
}

/// Per channel unit and block (tag) the products that are added up.
std::vector<ComputeTwin::Wires> ComputeTwin::build_multipliers() {
  const auto units = static_cast<std::size_t>(unit_.positions_in_parallel * parallel_channels_);
  const auto area = static_cast<std::size_t>(area_);
  const auto lanes = static_cast<std::size_t>(lanes_);
  const bool tagged = unit_.policy == InterleavePolicy::position;
  multipliers_.resize(units * area);
  begin_stage();
  for (Multiplier& m : multipliers_) {
    show_wire([&m] { return m.pixel; });
    show_wire([&m] { return m.weight; });
    show_wire([&m] { return m.owner; });
  }
  for (std::size_t b = 0; !tagged && b < unit_.split.blocks; ++b) {
    show_wire([this, b]() -> std::int64_t { return control_[0].flags[b] ? 1 : 0; });
  }
  begin_stage();
  std::vector<Wires> trees(units * lanes);
  for (std::size_t i = 0; i < multipliers_.size(); ++i) {
    const Multiplier& m = multipliers_[i];
    const Wire product = show_wire(reg([&m] { return m.pixel * m.weight; }));
    const Wire owner = reg([&m] { return m.owner; });
    Wires* unit = &trees[i / area * lanes];
    for (std::size_t tag = 0; tagged && tag < lanes; ++tag) {
      unit[tag].push_back([product, owner, tag] {
        return owner() == static_cast<std::int64_t>(tag) ? product() : 0;
      });
    }
    if (!tagged) {
      const std::size_t block_size = area / lanes;
      unit[std::min(i % area / block_size, lanes - 1)].push_back(product);
    }
  }
  return trees;
}

/// Makes of every unit's trees its lanes.
void ComputeTwin::build_blocks(std::vector<Wires>& trees) {
  while (!is_single(trees)) {
    begin_stage();
    for (Wires& tree : trees) {
      tree = tree_level(tree);
    }
  }
  if (unit_.policy == InterleavePolicy::position) {
    return;
  }
  std::vector<Wires> adders;  // per unit
  std::vector<Wires> lanes;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (i % static_cast<std::size_t>(lanes_) == 0) {
      adders.emplace_back();
    }
    adders.back().push_back(trees[i][0]);
  }
  lanes = adders;
  for (std::size_t width = 2; width <= static_cast<std::size_t>(lanes_); width *= 2) {
    begin_stage();
    const std::size_t s = stage();
    const auto same = [this, s, width](std::size_t adder) {
      const std::vector<bool>& flags = control_[s].flags;
      const std::size_t middle = adder * width + width / 2;
      return !(flags[middle] ^ flags[middle - 1]);
    };
    for (std::size_t adder = 0; adder < static_cast<std::size_t>(lanes_) / width; ++adder) {
      show_wire([same, adder]() -> std::int64_t { return same(adder) ? 1 : 0; });
    }
    for (Wires& unit : adders) {
      unit = tree_level(unit);
    }
    for (std::size_t u = 0; u < lanes.size(); ++u) {
      for (std::size_t lane = 0; lane < lanes[u].size(); ++lane) {
        const Wire bypass = reg(lanes[u][lane]);
        const std::size_t adder = lane / width;
        Wire out = bypass;
        if (lane % width == 0) {
          out = [same, adder, bypass, sum = adders[u][adder]] {
            return same(adder) ? sum() : bypass();
          };
        } else if (lane % width == width / 2) {
          out = [same, adder, bypass] { return same(adder) ? 0 : bypass(); };
        }
        lanes[u][lane] = show_wire(out);
      }
    }
  }
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const auto width = static_cast<std::size_t>(lanes_);
    trees[i] = {lanes[i / width][i % width]};
  }
}

/// Per position and lane the sum over the channels of a pass.
ComputeTwin::Wires ComputeTwin::build_channels(const std::vector<Wires>& units) {
  const auto lanes = static_cast<std::size_t>(lanes_);
  const auto channels = static_cast<std::size_t>(parallel_channels_);
  std::vector<Wires> trees(units.size() / channels);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::size_t unit = i / lanes;
    trees[unit / channels * lanes + i % lanes].push_back(units[i][0]);
  }
  while (!is_single(trees)) {
    begin_stage();
    for (Wires& tree : trees) {
      tree = tree_level(tree);
    }
  }
  Wires sums;
  for (const Wires& tree : trees) {
    sums.push_back(tree[0]);
  }
  return sums;
}

void ComputeTwin::build_end(const Wires& sums) {
  Wires values = sums;
  const auto one_stage =
      [&](const std::function<std::int64_t(const Control&, std::size_t, std::int64_t)>& operation) {
        begin_stage();
        const std::size_t before = stage() - 1;
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] = show_wire(reg([this, operation, before, i, value = values[i]] {
            return operation(control_[before], i, value());
          }));
        }
      };
  if (parallel_channels_ < channels_) {
    partial_sums_.assign(groups_.size(), std::vector<std::int64_t>(sums.size(), 0));
    one_stage([this](const Control& c, std::size_t i, std::int64_t sum) {
      return c.slot == kBubble || c.pass == 0 ? sum : plus(sum, partial_sums_[c.group][i]);
    });
    accumulator_stage_ = stage();
  }
  one_stage([this](const Control& c, std::size_t i, std::int64_t sum) {
    const std::int64_t kernel = kernel_in(c, i);
    return kernel < 0 ? 0 : plus(sum, unit_.biases[static_cast<std::size_t>(kernel)]);
  });
  const int sum_bits = unit_.layer.weight_format.fraction_bits + unit_.input_format.fraction_bits;
  if (!unit_.skip.empty()) {
    const int up = sum_bits - unit_.skip_format.fraction_bits;
    one_stage([this, up](const Control& c, std::size_t i, std::int64_t sum) -> std::int64_t {
      const std::int64_t kernel = kernel_in(c, i);
      if (kernel < 0) {
        return 0;
      }
      const std::int64_t s =
          unit_.skip[static_cast<std::size_t>(kernel * map_positions_ + position_in(c, i))];
      // Dropped bits: half and more rounds up.
      const std::int64_t aligned =
          up >= 0 ? s * (std::int64_t{1} << up) : (s >> -up) + (s >> (-up - 1) & 1);
      return plus(sum, aligned);
    });
  }
  const int down = sum_bits - unit_.layer.output_format.fraction_bits;
  one_stage([this, down](const Control& c, std::size_t i, std::int64_t sum) -> std::int64_t {
    if (kernel_in(c, i) < 0) {
      return 0;
    }
    const std::int64_t value = down == 0 ? sum : (sum >> down) + (sum >> (down - 1) & 1);
    return std::max(unit_.layer.clamp_low, std::min(unit_.layer.clamp_high, value));
  });
}

void ComputeTwin::clock() {
  for (Register& r : registers_) {
    r.next = r.input();
  }
  for (Register& r : registers_) {
    r.now = r.next;
  }
  control_.pop_back();
  control_.emplace_front();
  start_slot();
  if (accumulator_stage_ != 0 && control_[accumulator_stage_].slot != kBubble) {
    const std::size_t group = control_[accumulator_stage_].group;
    for (std::size_t i = 0; i < partial_sums_[group].size(); ++i) {
      partial_sums_[group][i] = shown_[accumulator_stage_][i]();
    }
  }
}

/// Loads the operands of the next slot, or of none.
void ComputeTwin::start_slot() {
  Control& control = control_.front();
  control.flags.assign(unit_.split.blocks, false);
  for (std::size_t i = 0; i < multipliers_.size(); ++i) {
    Multiplier& m = multipliers_[i];
    const std::int64_t place = static_cast<std::int64_t>(i) % area_;
    m = {};
    if (unit_.policy != InterleavePolicy::position) {
      m.owner = std::min<std::int64_t>(place / (area_ / unit_.split.blocks), lanes_ - 1);
    }
  }
  if (finished_) {
    return;
  }
  const std::uint64_t number = next_.slot == kBubble ? 0 : next_.slot + 1;
  next_.slot = number;
  control = next_;
  control.flags = flags_of(group_of(control));
  for (std::size_t unit = 0; unit < multipliers_.size() / static_cast<std::size_t>(area_); ++unit) {
    load(unit);
  }
  advance();
}

/// The counters of the slot after this one.
void ComputeTwin::advance() {
  if (++next_.group < groups_.size()) {
    return;
  }
  next_.group = 0;
  if (++next_.pass * parallel_channels_ < channels_) {
    return;
  }
  next_.pass = 0;
  finished_ = ++next_.tile * unit_.positions_in_parallel >= map_positions_;
}

void ComputeTwin::load(std::size_t unit) {
  const Control& control = control_.front();
  const auto u = static_cast<std::int64_t>(unit);
  const std::int64_t channel = control.pass * parallel_channels_ + u % parallel_channels_;
  const std::int64_t position = control.tile * unit_.positions_in_parallel + u / parallel_channels_;
  Multiplier* multipliers = &multipliers_[unit * static_cast<std::size_t>(area_)];
  const KernelGroup& group = group_of(control);
  for (std::int64_t place = 0; place < area_; ++place) {
    multipliers[place].pixel = pixel_at(group[0].kernel, channel, place, position);
  }
  const bool packed = unit_.policy == InterleavePolicy::block && !unit_.groups.empty();
  for (const GroupedKernel& member : group) {
    std::int64_t free = std::int64_t{member.first_block} * (area_ / unit_.split.blocks);
    for (std::int64_t place = 0; place < area_; ++place) {
      const std::int64_t weight = weight_at(member.kernel, channel, place);
      if (weight == 0) {
        continue;
      }
      Multiplier& m = multipliers[packed ? free++ : place];
      m.weight = weight;
      m.pixel = pixel_at(member.kernel, channel, place, position);
      if (unit_.policy == InterleavePolicy::position) {
        m.owner = member.first_block;
      }
    }
  }
}

std::int64_t ComputeTwin::pixel_at(std::uint32_t kernel, std::int64_t channel, std::int64_t place,
                                   std::int64_t position) const {
  const Layer& layer = unit_.layer;
  const Window& w = layer.window;
  const std::int64_t y =
      position / layer.result.width * w.stride_h + place / w.kernel_w - w.pad_top;
  const std::int64_t x =
      position % layer.result.width * w.stride_w + place % w.kernel_w - w.pad_left;
  const bool inside = y >= 0 && x >= 0 && y < layer.input.height && x < layer.input.width;
  if (!inside || channel >= channels_ || position >= map_positions_) {
    return 0;
  }
  const std::int64_t kernels_of_group = layer.kernels / layer.groups;
  const std::int64_t map = kernel / kernels_of_group * channels_ + channel;
  const std::int64_t row = map * layer.input.height + y;
  return unit_.input[static_cast<std::size_t>(row * layer.input.width + x)];
}

std::int64_t ComputeTwin::weight_at(std::uint32_t kernel, std::int64_t channel,
                                    std::int64_t place) const {
  const std::int64_t index = kernel * unit_.layer.columns + channel * area_ + place;
  return channel < channels_ ? unit_.weights[static_cast<std::size_t>(index)] : 0;
}

/// A block without kernel belongs to the largest aligned power of two of such blocks around it.
std::vector<bool> ComputeTwin::flags_of(const KernelGroup& group) const {
  const std::uint32_t blocks = unit_.split.blocks;
  const auto kernel_of = [&](std::uint32_t block) -> std::int64_t {
    for (const GroupedKernel& member : group) {
      if (block >= member.first_block && block < member.first_block + member.blocks) {
        return member.kernel;
      }
    }
    return -1;
  };
  // First block of what it is added up with.
  const auto home_of = [&](std::uint32_t block) {
    for (std::uint32_t size = blocks;; size /= 2) {
      const std::uint32_t first = block / size * size;
      bool one_owner = true;
      for (std::uint32_t b = first; b < first + size; ++b) {
        one_owner = one_owner && kernel_of(b) == kernel_of(block);
      }
      if (one_owner) {
        return first;
      }
    }
  };
  std::vector<bool> flags(blocks, false);
  for (std::uint32_t b = 1; b < blocks; ++b) {
    flags[b] = home_of(b) == home_of(b - 1) ? flags[b - 1] : !flags[b - 1];
  }
  return flags;
}

std::int64_t ComputeTwin::position_in(const Control& control, std::size_t lane) const {
  return control.tile * unit_.positions_in_parallel + static_cast<std::int64_t>(lane) / lanes_;
}

std::int64_t ComputeTwin::kernel_in(const Control& control, std::size_t lane) const {
  if (control.slot == kBubble || !is_last_pass(control) ||
      position_in(control, lane) >= map_positions_) {
    return -1;
  }
  for (const GroupedKernel& member : group_of(control)) {
    if (member.first_block == static_cast<std::int64_t>(lane) % lanes_) {
      return member.kernel;
    }
  }
  return -1;
}

bool ComputeTwin::is_empty() const {
  return finished_ && std::all_of(control_.begin(), control_.end(),
                                  [](const Control& c) { return c.slot == kBubble; });
}

std::vector<ComputeTwin::Stage> ComputeTwin::show() const {
  std::vector<Stage> stages(shown_.size());
  for (std::size_t s = 0; s < shown_.size(); ++s) {
    for (const Wire& wire : shown_[s]) {
      stages[s].values.push_back(wire());
    }
    // Only complete sums go beyond the accumulator.
    const bool dropped = accumulator_stage_ != 0 && s > accumulator_stage_;
    stages[s].slot = dropped && !is_last_pass(control_[s]) ? kBubble : control_[s].slot;
  }
  return stages;
}

std::vector<ComputeTwin::Output> ComputeTwin::outputs() const {
  std::vector<Output> valid;
  for (std::size_t lane = 0; lane < shown_.back().size(); ++lane) {
    const std::int64_t kernel = kernel_in(control_.back(), lane);
    if (kernel >= 0) {
      valid.push_back({static_cast<std::uint32_t>(kernel), position_in(control_.back(), lane),
                       shown_.back()[lane]()});
    }
  }
  return valid;
}

}  // namespace airnn::test
