// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/command_trace.h"

#include <array>
#include <charconv>
#include <cstring>

namespace airnn {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;
constexpr std::size_t kLongestLine = 96;  ///< twenty digits, a command, four times ten digits
constexpr std::size_t kMostDigits = 20;
constexpr std::uint32_t kGroup = 10000;

struct FourDigits {
  char text[4];
};

/// 0 to 9999 with leading zeros. Most numbers of a trace are not longer.
const std::array<FourDigits, kGroup> kFourDigits = [] {
  std::array<FourDigits, kGroup> table{};
  for (std::uint32_t i = 0; i < kGroup; ++i) {
    table[i] = {{static_cast<char>('0' + i / 1000), static_cast<char>('0' + i / 100 % 10),
                 static_cast<char>('0' + i / 10 % 10), static_cast<char>('0' + i % 10)}};
  }
  return table;
}();

char* put_number(char* to, std::uint32_t number) {
  if (number < 10) {
    *to = static_cast<char>('0' + number);
    return to + 1;
  }
  if (number >= kGroup) {
    return std::to_chars(to, to + kMostDigits, number).ptr;
  }
  const std::size_t zeros = number < 100 ? 2 : (number < 1000 ? 1 : 0);
  std::memcpy(to, kFourDigits[number].text + zeros, sizeof(FourDigits) - zeros);
  return to + 4 - zeros;
}

char* put_field(char* to, std::uint32_t number) {
  *to = ',';
  return put_number(to + 1, number);
}

}  // namespace

CommandTrace::CommandTrace(const std::string& path) : file_(path), buffer_(kBuffer, '\0') {
  file_.write("tCK,command,rank,bank,row,column\n");
}

/// Only the last four digits differ from one command to the next, for the most part.
char* CommandTrace::put_cycle(char* to, Cycle cycle) {
  const Cycle leading = cycle / kGroup;
  if (leading != leading_) {
    leading_ = leading;
    const char* end = std::to_chars(leading_digits_, std::end(leading_digits_), leading).ptr;
    leading_size_ = static_cast<std::size_t>(end - leading_digits_);
  }
  const auto last = static_cast<std::uint32_t>(cycle % kGroup);
  if (leading == 0) {
    return put_number(to, last);
  }
  std::memcpy(to, leading_digits_, sizeof leading_digits_);  // a fixed size is faster
  to += leading_size_;
  std::memcpy(to, kFourDigits[last].text, sizeof(FourDigits));
  return to + sizeof(FourDigits);
}

void CommandTrace::issued(const CommandIssued& event) {
  if (kBuffer - used_ < kLongestLine) {
    flush();
  }
  char* const begin = buffer_.data() + used_;
  char* to = put_cycle(begin, event.cycle);
  *to++ = ',';
  for (const char* letter = mnemonic(event.command); *letter != '\0'; ++letter) {
    *to++ = *letter;
  }
  to = put_field(to, event.place.rank);
  if (!is_to_bank(event.command)) {
    std::memcpy(to, ",,,", 3);
    to += 3;
  } else {
    to = put_field(to, event.place.bank);
    if (event.command == DramCommand::precharge) {
      std::memcpy(to, ",,", 2);
      to += 2;
    } else {
      to = put_field(to, event.place.row);
      if (event.command == DramCommand::activate) {
        *to++ = ',';
      } else {
        to = put_field(to, event.place.column);
      }
    }
  }
  *to++ = '\n';
  used_ += static_cast<std::size_t>(to - begin);
}

void CommandTrace::flush() {
  file_.write(ByteView{reinterpret_cast<const std::uint8_t*>(buffer_.data()), used_});
  used_ = 0;
}

void CommandTrace::commit() {
  flush();
  file_.commit();
}

}  // namespace airnn
