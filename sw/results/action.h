// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace airnn {

/// What happens in a machine and is counted. Each has its row in kActionTable; results and energy
/// tables have them in this order (docs/energy.md).
enum class Action : std::uint8_t {
  dram_value_word,
  dram_index_word,
  dram_table_word,
  dram_input_word,
  multiplication,
  addition,
  weight_buffer_write,
  weight_buffer_read,
  feature_buffer_write,
  feature_buffer_read,
  address_calculation,
  score_class,
  buffer_reset_bit,
  multiplexer,
  flag_read,
  operand_select,
  idle_multiplication,
  // Of multipliers with an associative memory beside them.
  zero_product,
  cam_search,
  cam_search_bit,
  cam_hit,
  product_read,
  cam_row_write,
  // Commands on the bus of a memory channel with rows, as in command traces.
  command_act,
  command_pre,
  command_prea,
  command_rd,
  command_rda,
  command_wr,
  command_wra,
  command_ref,
  command_pde,
  command_pdx,
  command_sre,
  command_srx,
  // Its states: tCK of all ranks together.
  state_active_standby,
  state_precharge_standby,
  state_active_power_down,
  state_precharge_power_down,
  state_self_refresh,
  // Its requests, by what they took, and by their kind.
  request_hit,
  request_miss,
  request_conflict,
  request_forwarded,
  request_read,
  request_write,
  // What routers of a mesh do.
  noc_switch,
  noc_link,
  noc_route,
  noc_router_ps,
  // Of weights that are lines.
  line_expand,
  line_segment,
};

/// Who says what an action costs.
enum class PricedBy : std::uint8_t {
  table,     ///< the energy table
  memory,    ///< the energy table, unless the memory is priced by its currents
  currents,  ///< the currents of the memory, where it is priced by them
  nobody
};

/// Where files have an action (docs/results_format.md).
enum class ActionGroup : std::uint8_t { machine, command, state, request };

struct ActionRow {
  Action action;
  const char* name;      ///< in files
  const char* unit;      ///< what is counted once
  const char* sentence;  ///< when it is
  PricedBy priced_by = PricedBy::table;
  /// Every machine counts it; files have it though it is 0. Another is in files of machines that
  /// declare it (RunRecord::counted).
  bool always = true;
  ActionGroup group = ActionGroup::machine;
};

/// The one place that says what can be counted, in the order of Action; an action more is a row
/// here and a name there.
inline constexpr std::array<ActionRow, 52> kActionTable = {{
    {Action::dram_value_word, "dram_value_word", "32-bit word, 16 per burst",
     "bursts of value arrays, dense weights, biases, header and section table", PricedBy::memory},
    {Action::dram_index_word, "dram_index_word", "32-bit word",
     "bursts of column, row and layer arrays", PricedBy::memory},
    {Action::dram_table_word, "dram_table_word", "32-bit word", "bursts of interleave tables",
     PricedBy::memory},
    {Action::dram_input_word, "dram_input_word", "32-bit word", "bursts of input maps",
     PricedBy::memory},
    {Action::multiplication, "multiplication", "one",
     "loaded non-zero weights x positions; one per element of an average pooling"},
    {Action::addition, "addition", "one",
     "one per multiplication by a weight, one per element of a residual addition; comparisons or "
     "additions of pooling: an element of the window less one, per element of the pooled map"},
    {Action::weight_buffer_write, "weight_buffer_write", "word", "words placed"},
    {Action::weight_buffer_read, "weight_buffer_read", "word",
     "loaded non-zero weights, once per tile"},
    {Action::feature_buffer_write, "feature_buffer_write", "word",
     "elements of output maps; elements of the input map, once per input"},
    {Action::feature_buffer_read, "feature_buffer_read", "word",
     "operands of windows, skip operands"},
    {Action::address_calculation, "address_calculation", "one", "words placed"},
    {Action::score_class, "score_class", "one class: softmax and margin", "classes per decision"},
    {Action::buffer_reset_bit, "buffer_reset_bit", "valid bit",
     "weight slots of all layers per input"},
    {Action::multiplexer, "multiplexer", "one sum passed on",
     "with groups: 2-1 multiplexers of all channel units (2B - 2 each), once per slot; policy "
     "`position`: two per multiplication"},
    {Action::flag_read, "flag_read", "bit",
     "with groups: flags of all channel units (B each), once per slot; policy `position`: the two "
     "bits of a tag per multiplication"},
    {Action::operand_select, "operand_select", "operand",
     "with groups, policy `block` only: multiplications"},
    {Action::idle_multiplication, "idle_multiplication", "one",
     "multipliers in issue slots whose weight is not loaded", PricedBy::nobody},
    {Action::zero_product, "zero_product", "one",
     "with an associative memory: loaded non-zero weights x positions whose pixel is zero",
     PricedBy::nobody, false},
    {Action::cam_search, "cam_search", "one", "likewise, whose pixel is not zero", PricedBy::nobody,
     false},
    {Action::cam_search_bit, "cam_search_bit", "bit of a row",
     "searches x rows x bits of the key, those of the activation and of the number of a bin",
     PricedBy::table, false},
    {Action::cam_hit, "cam_hit", "one", "searches that found a row", PricedBy::nobody, false},
    {Action::product_read, "product_read", "32-bit word of a store of 8 KB",
     "searches that found a row; by class: rows and bits of the store", PricedBy::table, false},
    {Action::cam_row_write, "cam_row_write", "row", "rows x multipliers at boot", PricedBy::table,
     false},
    {Action::command_act, "ACT", "command", "a row is opened", PricedBy::currents, false,
     ActionGroup::command},
    {Action::command_pre, "PRE", "command", "a row is closed", PricedBy::nobody, false,
     ActionGroup::command},
    {Action::command_prea, "PREA", "command", "all rows of a rank are closed", PricedBy::nobody,
     false, ActionGroup::command},
    {Action::command_rd, "RD", "command", "a burst is read", PricedBy::currents, false,
     ActionGroup::command},
    {Action::command_rda, "RDA", "command", "a burst is read, with auto-precharge",
     PricedBy::currents, false, ActionGroup::command},
    {Action::command_wr, "WR", "command", "a burst is written", PricedBy::currents, false,
     ActionGroup::command},
    {Action::command_wra, "WRA", "command", "a burst is written, with auto-precharge",
     PricedBy::currents, false, ActionGroup::command},
    {Action::command_ref, "REF", "command", "a rank is refreshed", PricedBy::currents, false,
     ActionGroup::command},
    {Action::command_pde, "PDE", "command", "a rank is powered down", PricedBy::nobody, false,
     ActionGroup::command},
    {Action::command_pdx, "PDX", "command", "a rank is powered up", PricedBy::nobody, false,
     ActionGroup::command},
    {Action::command_sre, "SRE", "command", "a rank begins to refresh itself", PricedBy::nobody,
     false, ActionGroup::command},
    {Action::command_srx, "SRX", "command", "a rank ends to refresh itself", PricedBy::nobody,
     false, ActionGroup::command},
    {Action::state_active_standby, "active_standby", "tCK", "ranks with an open row",
     PricedBy::currents, false, ActionGroup::state},
    {Action::state_precharge_standby, "precharge_standby", "tCK",
     "ranks without an open row, or in refresh", PricedBy::currents, false, ActionGroup::state},
    {Action::state_active_power_down, "active_power_down", "tCK",
     "ranks powered down with an open row", PricedBy::currents, false, ActionGroup::state},
    {Action::state_precharge_power_down, "precharge_power_down", "tCK",
     "ranks powered down without one", PricedBy::currents, false, ActionGroup::state},
    {Action::state_self_refresh, "self_refresh", "tCK", "ranks that refresh themselves",
     PricedBy::currents, false, ActionGroup::state},
    {Action::request_hit, "hits", "request", "requests whose row was open", PricedBy::nobody, false,
     ActionGroup::request},
    {Action::request_miss, "misses", "request", "requests that took ACT", PricedBy::nobody, false,
     ActionGroup::request},
    {Action::request_conflict, "conflicts", "request", "requests that took PRE and ACT",
     PricedBy::nobody, false, ActionGroup::request},
    {Action::request_forwarded, "forwarded", "request",
     "reads whose burst waited in the write queue", PricedBy::nobody, false, ActionGroup::request},
    {Action::request_read, "reads", "request", "reads served", PricedBy::nobody, false,
     ActionGroup::request},
    {Action::request_write, "writes", "request", "writes served", PricedBy::nobody, false,
     ActionGroup::request},
    {Action::noc_switch, "noc_switch", "flit",
     "a flit passes a router: written to a buffer, read from it, through the crossbar",
     PricedBy::table, false},
    {Action::noc_link, "noc_link", "flit",
     "a flit leaves a router by a link, the ejection included", PricedBy::table, false},
    {Action::noc_route, "noc_route", "packet",
     "a router sends the head of a packet to another router", PricedBy::table, false},
    {Action::noc_router_ps, "noc_router_ps", "router and picosecond",
     "all routers all the time: leakage", PricedBy::table, false},
    {Action::line_expand, "line_expand", "word",
     "with weights as lines: words that decompressors expand", PricedBy::table, false},
    {Action::line_segment, "line_segment", "line", "likewise, lines", PricedBy::nobody, false},
}};
inline constexpr std::size_t kActions = kActionTable.size();

namespace internal {
constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kActions; ++i) {
    if (static_cast<std::size_t>(kActionTable[i].action) != i) {
      return false;
    }
  }
  return true;
}
}  // namespace internal
static_assert(internal::is_in_order(), "the rows have the order of the actions");

constexpr const ActionRow& row_of(Action action) {
  return kActionTable[static_cast<std::size_t>(action)];
}
/// Name in tables and results, e.g. "weight_buffer_read".
constexpr const char* to_string(Action action) {
  return row_of(action).name;
}

}  // namespace airnn
