using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Reads and writes the file of a training that may be cut off.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="identity">What the training is of: hashes by name.</param>
/// <param name="interval">After which time it is written within an epoch.</param>
internal sealed class CheckpointFile(string path, IReadOnlyDictionary<string, string> identity, TimeSpan interval)
{
    private readonly Stopwatch _sinceWrite = Stopwatch.StartNew();

    /// <summary>Gets a value indicating whether it is time to write.</summary>
    internal bool IsDue => _sinceWrite.Elapsed >= interval;

    /// <summary>Checks, before hours of work, that a file can stand at a path.</summary>
    /// <exception cref="IOException">The path is a folder, or its folder does not exist.</exception>
    internal static void RequireFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"FineTuning.CheckpointPath '{path}' is a folder; expected the path of a file.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of FineTuning.CheckpointPath does not exist; create it first.");
        }
    }

    /// <summary>Reads the state; returns null where there is no file.</summary>
    /// <exception cref="InvalidOperationException">The file is of another training.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no checkpoint.</exception>
    internal TrainingCheckpoint? TryRead()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            Checkpoint file = SafetensorsReader.Read(stream, path);
            RequireSame(file.Metadata);
            return TrainingCheckpoint.FromFile(file);
        }
        catch (Exception e) when (e is WeightsFormatException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as the checkpoint of a training: {e.Message} Delete it to train from the start.", e);
        }
    }

    internal void Write(TrainingCheckpoint state)
    {
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, state.ToFile(identity)));
        _sinceWrite.Restart();
    }

    internal void Delete() => File.Delete(path);

    private void RequireSame(IReadOnlyDictionary<string, string> found)
    {
        string[] others = [.. identity.Where(pair => !found.TryGetValue(pair.Key, out string? value) || value != pair.Value).Select(pair => pair.Key)];
        if (others.Length > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint '{path}' is of another training: it differs in {string.Join(", ", others)}. Delete it, or set another CheckpointPath.");
        }
    }
}
