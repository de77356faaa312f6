// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

/// Schedules on which two implementations of the rules agree that share nothing with this one.
struct Vector {
  const char* name;
  unsigned buffer_flits;
  Cycle hop_cycles;
  unsigned virtual_channels;
};

std::vector<std::vector<std::uint64_t>> rows_of(const std::string& name) {
  std::ifstream file(source_path("testbenches/cases/mesh/" + name + ".csv"));
  std::string line;
  std::getline(file, line);
  std::vector<std::vector<std::uint64_t>> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) {
      rows.back().push_back(std::stoull(cell));
    }
  }
  return rows;
}

TEST(MeshVectors, TakeTheCyclesOfOtherImplementations) {
  const Vector vectors[] = {{"uniform", 4, 2, 1},
                            {"two_virtual_channels", 4, 2, 2},
                            {"short_buffers_long_hops", 2, 3, 1},
                            {"all_to_one", 4, 2, 1},
                            {"one_to_all", 4, 2, 1}};
  for (const Vector& vector : vectors) {
    SCOPED_TRACE(vector.name);
    MeshParams params;
    params.buffer_flits = vector.buffer_flits;
    params.hop_cycles = vector.hop_cycles;
    params.virtual_channels = vector.virtual_channels;
    const auto rows = rows_of(vector.name);
    ASSERT_EQ(rows.size(), 48U);
    Packets packets;
    for (const auto& row : rows) {
      packets.push_back({packets.size(), row[0], static_cast<unsigned>(row[1]),
                         static_cast<unsigned>(row[2]), static_cast<unsigned>(row[3]),
                         static_cast<unsigned>(row[4])});
    }
    for (const SeenMesh& seen : {run_fabric(params, packets), run_twin(params, packets)}) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(seen.times[i].head_injected, rows[i][5]) << i;
        EXPECT_EQ(seen.times[i].head_ejected, rows[i][6]) << i;
        EXPECT_EQ(seen.times[i].tail_ejected, rows[i][7]) << i;
      }
    }
  }
}

}  // namespace
}  // namespace airnn::test
