export { createLocalStorage } from './localStorage.ts';
export {
  addressOf,
  type ByteRange,
  type Content,
  MissingFileError,
  type Storage,
  type StorageBatch,
  type StoredFile,
  WrongContentError,
} from './storage.ts';
