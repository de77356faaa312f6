// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/contract/added_links.h"
#include "testbenches/contract/late_link.h"
#include "testbenches/contract/link_contract.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::Contains;
using testing::IsEmpty;

class LinkKeeps : public SimTest {
 protected:
  std::vector<std::string> broken_by(WiringStage* stage) {
    LinkContract contract(clock_, stage);
    run([&] { contract.drive(); });
    return contract.broken();
  }
  std::vector<std::string> broken_by(LinkError error) {
    LateLink link(3, error);
    return broken_by(&link);
  }
};

/// Every row of the table; a new one is tried by itself.
class LinkOfTheTable : public LinkKeeps, public testing::WithParamInterface<std::string> {};

TEST_P(LinkOfTheTable, KeepsTheContract) {
  // Of the paths of top-level ports nothing but the port is left: receivers are units "in".
  const LinkModel link = link_named(GetParam());
  const auto stage = link.make ? link.make({clock_, {"in"}, {"in"}, "in"}) : nullptr;
  EXPECT_THAT(broken_by(stage.get()), IsEmpty());
}

std::vector<std::string> names_of_links() {
  std::vector<std::string> names;
  for (const LinkRow& row : extended_links()) {
    names.push_back(row.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Rows, LinkOfTheTable, testing::ValuesIn(names_of_links()),
                         [](const auto& row) { return row.param; });

TEST_F(LinkKeeps, NoContractWhenItemsAreEarly) {
  EXPECT_THAT(broken_by(LinkError::early), Contains("an item arrives before it is ready"));
}

TEST_F(LinkKeeps, NoContractWhenItemsAreUneven) {
  EXPECT_THAT(broken_by(LinkError::uneven),
              Contains("two items arrive in one cycle, or in another order"));
}

TEST_F(LinkKeeps, NoContractWhenATrainIsFasterThanItsItems) {
  EXPECT_THAT(broken_by(LinkError::train_on_time),
              Contains("an item of a train arrives in another cycle than a single one"));
}

TEST_F(LinkKeeps, NoContractWhenATrainsCreditsAreFasterThanThoseOfItems) {
  EXPECT_THAT(
      broken_by(LinkError::train_credit_early),
      Contains("the credits of a train are back in another cycle than those of single items"));
}

TEST_F(LinkKeeps, NoContractWhenRowsAreBeforeTheirMap) {
  EXPECT_THAT(broken_by(LinkError::rows_on_time),
              Contains("the rows of a map are not as late as the map"));
}

}  // namespace
}  // namespace airnn::test
