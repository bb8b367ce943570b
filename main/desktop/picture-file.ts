import { writeAtomically } from '../storage/atomic-file.ts';
import { fileProblem } from '../storage/file-problem.ts';

/** A picture as captured: its pixels to compare, and its file to write. */
export interface Picture {
  /** The pixels, in whatever order, as long as equal pictures have equal ones. */
  readonly pixels: Uint8Array;
  png(): Uint8Array;
}

/** The file cannot be kept; the message is for people. */
export class PictureFileError extends Error {
  override readonly name = 'PictureFileError';
}

/** Keeps a file equal to what a window shows. A reader of the file never sees half a picture. */
export class PictureFile {
  readonly #file: string;
  #last: Uint8Array | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** Writes the picture if it differs from the last one, and says whether it did. @throws {PictureFileError} */
  async keep(picture: Picture): Promise<boolean> {
    const { pixels } = picture;
    if (pixels.length === 0) return false; // nothing has been painted yet
    if (this.#last !== null && Buffer.compare(this.#last, pixels) === 0) return false;
    try {
      await writeAtomically(this.#file, picture.png());
    } catch (error) {
      throw new PictureFileError(
        `The picture of the window could not be written to ${this.#file}: ${fileProblem(error)}. Name a file that can be written in HERALD_SCREENSHOT and start again.`,
      );
    }
    this.#last = pixels;
    return true;
  }
}
