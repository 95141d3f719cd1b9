export { createLocalStorage } from './localStorage.ts';
export { type ByteRange, type Content, MissingFileError, type Storage, type StoredFile, WrongContentError } from './storage.ts';
