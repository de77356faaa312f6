// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/command_trace.h"

#include <charconv>
#include <cstring>

namespace airnn {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;
constexpr std::size_t kLongestLine = 96;  ///< twenty digits, a command, four times ten digits

/// Always with room: the caller keeps kLongestLine free.
template <typename Number>
char* put_number(char* to, Number number) {
  return std::to_chars(to, to + 20, number).ptr;
}

char* put_field(char* to, std::uint32_t number) {
  *to++ = ',';
  if (number < 10) {
    *to++ = static_cast<char>('0' + number);
    return to;
  }
  return put_number(to, number);
}

}  // namespace

CommandTrace::CommandTrace(const std::string& path) : file_(path), buffer_(kBuffer, '\0') {
  file_.write("tCK,command,rank,bank,row,column\n");
}

void CommandTrace::issued(const CommandIssued& event) {
  if (kBuffer - used_ < kLongestLine) {
    flush();
  }
  char* const begin = buffer_.data() + used_;
  char* to = put_number(begin, event.cycle);
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
