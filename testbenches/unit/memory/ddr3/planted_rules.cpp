// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/planted_rules.h"

namespace airnn::test {

namespace {

using C = DramCommand;
using Step = PlantedStep;

}  // namespace

/// 1600K: CL 11, CWL 8, RCD 11, RP 11, RAS 28, RC 39, CCD 4, RRD 5, FAW 24, WTR 6, WR 12, RTP 6,
/// RFC 208, XP 6, CKE 4, XS 216, XSDLL 512, CKESR 5, RTRS 2.
std::vector<PlantedRule> planted_rules() {
  const Step act{C::activate, 0};
  const Step other_act{C::activate, 5, 1};
  const Step act_of_other_rank{C::activate, 1, 0, 0, 1};
  const Step pde{C::power_down_enter, 0};
  const Step pdx{C::power_down_exit, 10};
  const Step sre{C::self_refresh_enter, 0};
  const Step srx{C::self_refresh_exit, 10};
  std::vector<PlantedRule> all = {
      {"tRRD", {act}, {C::activate, 5, 1}},
      {"tFAW",
       {act, {C::activate, 5, 1}, {C::activate, 10, 2}, {C::activate, 15, 3}},
       {C::activate, 24, 4}},
      {"tRCD", {act}, {C::read, 11}},
      {"tRCD", {act}, {C::read_auto, 11}},
      {"tRCD", {act}, {C::write, 11}},
      {"tRCD", {act}, {C::write_auto, 11}},
      {"tRAS", {act}, {C::precharge, 28}},
      {"tRAS", {act}, {C::precharge_all, 28}},
      {"tRP", {act, {C::precharge, 40}}, {C::activate, 51}},
      {"tRP", {act, {C::precharge_all, 40}}, {C::activate, 51}},
      {"tRP", {act, {C::precharge, 40}}, {C::refresh, 51}},
      {"tRP", {act, {C::precharge_all, 40}}, {C::refresh, 51}},
      {"tRP", {act, {C::precharge, 40}}, {C::self_refresh_enter, 51}},
      {"tRP", {act, {C::precharge_all, 40}}, {C::self_refresh_enter, 51}},
      {"tWTR", {act, {C::write, 20}}, {C::read, 38}},
      {"tWTR", {act, other_act, {C::write_auto, 20}}, {C::read_auto, 38, 1}},
      {"read-to-write", {act, {C::read, 20}}, {C::write, 29}},
      {"read-to-write", {act, other_act, {C::read_auto, 20}}, {C::write_auto, 29, 1}},
      {"tWR", {act, {C::write, 20}}, {C::precharge, 44}},
      {"tWR", {act, {C::write, 20}}, {C::precharge_all, 44}},
      {"tWR", {act, other_act, {C::write_auto, 20}}, {C::precharge_all, 44}},
      {"tRTP", {act, {C::read, 40}}, {C::precharge, 46}},
      {"tRTP", {act, {C::read, 40}}, {C::precharge_all, 46}},
      {"tRTP", {act, other_act, {C::read_auto, 40}}, {C::precharge_all, 46}},
      {"tRFC", {{C::refresh, 0}}, {C::activate, 208}},
      {"tRFC", {{C::refresh, 0}}, {C::refresh, 208}},
      {"tRFC", {{C::refresh, 0}}, {C::self_refresh_enter, 208}},
      {"tXP", {pde, pdx}, {C::activate, 16}},
      {"tXP", {pde, pdx}, {C::refresh, 16}},
      {"tXP", {pde, pdx}, {C::self_refresh_enter, 16}},
      {"tXP", {pde, pdx}, {C::power_down_enter, 16}},
      {"tCKE", {pde}, {C::power_down_exit, 4}},
      {"tXS", {sre, srx}, {C::activate, 226}},
      {"tXS", {sre, srx}, {C::refresh, 226}},
      {"tXS", {sre, srx}, {C::self_refresh_enter, 226}},
      {"tXSDLL", {sre, srx}, {C::power_down_enter, 522}},
      {"tCKESR", {sre}, {C::self_refresh_exit, 5}},
      {"power-down entry", {act, {C::read, 20}}, {C::power_down_enter, 36}},
      {"power-down entry", {act, {C::read_auto, 20}}, {C::power_down_enter, 36}},
      {"power-down entry", {act, {C::write, 20}}, {C::power_down_enter, 44}},
      {"power-down entry", {act, {C::write_auto, 20}}, {C::power_down_enter, 45}},
      {"one command per tCK", {act}, {C::activate, 1, 0, 0, 1}},
  };
  for (const C last : {C::activate, C::refresh, C::self_refresh_enter}) {
    all.push_back({"auto-precharge", {act, {C::read_auto, 40}}, {last, 57}});
    all.push_back({"auto-precharge", {act, {C::write_auto, 20}}, {last, 55}});
  }
  for (const C last : {C::refresh, C::self_refresh_enter}) {
    all.push_back({"auto-precharge", {act, {C::read_auto, 11}}, {last, 39}});
  }
  for (const C last :
       {C::read, C::read_auto, C::write, C::write_auto, C::precharge, C::precharge_all}) {
    all.push_back({"tXP", {act, {C::power_down_enter, 40}, {C::power_down_exit, 50}}, {last, 56}});
    if (is_column(last)) {
      all.push_back({"tXSDLL", {sre, srx, {C::activate, 300}}, {last, 522}});
    }
  }
  const std::vector<C> reads = {C::read, C::read_auto};
  const std::vector<C> writes = {C::write, C::write_auto};
  const std::vector<Step> ready = {act, act_of_other_rank, {C::activate, 6, 1}};
  const auto pair = [&](const std::string& rule, C first, C last, Cycle distance,
                        std::uint32_t rank) {
    all.push_back({rule, ready, {last, 20 + distance, rank == 0 ? 1U : 0U, 0, rank}});
    all.back().before.push_back({first, 20});
  };
  for (const C first : reads) {
    for (const C last : reads) {
      pair("tCCD", first, last, 4, 0);
      pair("rank-to-rank", first, last, 6, 1);
    }
    for (const C last : writes) {
      pair("read-to-write", first, last, 9, 0);
      pair("rank-to-rank", first, last, 9, 1);
    }
  }
  for (const C first : writes) {
    for (const C last : writes) {
      pair("tCCD", first, last, 4, 0);
      pair("rank-to-rank", first, last, 6, 1);
    }
    for (const C last : reads) {
      pair("tWTR", first, last, 18, 0);
      pair("rank-to-rank", first, last, 3, 1);
    }
  }
  return all;
}

}  // namespace airnn::test
