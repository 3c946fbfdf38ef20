# Pages that the program itself shows have their styles and scripts in files of their own, so that an editor and a
# browser know them for what they are; the program carries them inside.
#
# qunying_file_inside(<room> <file> <constant> <header that declares it>)
function(qunying_file_inside room file constant header)
  set(path "${CMAKE_CURRENT_SOURCE_DIR}/${room}/${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(READ "${path}" TEXT)
  set(made "${CMAKE_CURRENT_BINARY_DIR}/${room}_${constant}.cc")
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/cmake/file_inside.cc.in" "${made}" @ONLY)
  target_sources(qunying_${room} PRIVATE "${made}")
endfunction()
