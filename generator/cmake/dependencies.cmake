# Every library the program links, found once and given one name each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(yaml-cpp REQUIRED)
pkg_check_modules(CMARK REQUIRED IMPORTED_TARGET libcmark-gfm)
pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips-cpp)
pkg_check_modules(HARFBUZZ REQUIRED IMPORTED_TARGET harfbuzz-subset)
pkg_check_modules(WOFF2 REQUIRED IMPORTED_TARGET libwoff2enc)
find_package(Fontconfig REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
# The same two as archives, for the one program that is linked statically.
find_library(SODIUM_ARCHIVE NAMES libsodium.a REQUIRED)
find_library(XXHASH_ARCHIVE NAMES libxxhash.a REQUIRED)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc)

# Debian's package of the face finder alone brings no CMake file.
if(QUNYING_FACES)
  find_path(OPENCV_HEADERS opencv2/objdetect.hpp PATH_SUFFIXES opencv4 REQUIRED)
  foreach(part IN ITEMS objdetect imgproc core)
    find_library(OPENCV_${part} opencv_${part} REQUIRED)
  endforeach()
  find_path(OPENCV_CASCADES haarcascade_frontalface_alt2.xml PATHS /usr/share/opencv4/haarcascades
            /usr/local/share/opencv4/haarcascades REQUIRED)
  file(REAL_PATH "${OPENCV_objdetect}" OPENCV_NAME)  # with its version
  cmake_path(GET OPENCV_NAME FILENAME OPENCV_NAME)
  add_library(opencv_faces INTERFACE)
  target_include_directories(opencv_faces SYSTEM INTERFACE "${OPENCV_HEADERS}")
  target_link_libraries(opencv_faces INTERFACE "${OPENCV_objdetect}" "${OPENCV_imgproc}" "${OPENCV_core}")
  target_compile_definitions(opencv_faces INTERFACE QUNYING_CASCADES="${OPENCV_CASCADES}")
endif()

# The allocator of the program that builds, in builds that are neither debugged nor sanitized. It takes a tenth off the
# CPU of a cold build; without it glibc's serves as well.
set(QUNYING_ALLOCATOR "")
if(QUNYING_MIMALLOC AND NOT QUNYING_SANITIZE AND CMAKE_BUILD_TYPE MATCHES "Rel")
  find_package(mimalloc 2 QUIET)
  if(TARGET mimalloc)
    set(QUNYING_ALLOCATOR mimalloc)
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
