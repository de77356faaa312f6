# airnn_test(NAME SOURCES ... LIBRARIES ... [TIMEOUT seconds])
# One executable of GoogleTest cases; ctest runs every case as a process of its own, which SystemC needs
# because a process can elaborate only one simulation.
include(GoogleTest)
function(airnn_test NAME)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(AIRNN_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    math(EXPR ARG_TIMEOUT "5 * ${ARG_TIMEOUT}")
  endif()
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${ARG_LIBRARIES} GTest::gtest GTest::gmock airnn_test_main
                                        airnn_test_source_path airnn_warnings)
  gtest_discover_tests(${NAME} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()
