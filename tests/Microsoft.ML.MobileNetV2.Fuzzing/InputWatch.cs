namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Ends the process when one input takes too long, and keeps the input's number on disk, where a crash leaves it.</summary>
internal sealed class InputWatch : IDisposable
{
    internal const int HangExitCode = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly string _target;
    private readonly string _path;
    private readonly FileStream _note;
    private readonly Timer _timer;
    private long _start;
    private readonly string _folder;
    private int _index;
    private byte[] _input = [];

    internal InputWatch(string target, string folder)
    {
        _target = target;
        _folder = folder;
        _path = Path.Combine(folder, $"{target}.last");
        _note = new(_path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _timer = new(_ => Check(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    internal void Begin(int index, byte[] input)
    {
        _input = input;
        _note.Position = 0;
        _note.Write(System.Text.Encoding.ASCII.GetBytes($"{index}\n"));
        Volatile.Write(ref _index, index);
        Volatile.Write(ref _start, TimeProvider.System.GetTimestamp());
    }

    /// <summary>Returns the milliseconds that the input took.</summary>
    internal double End()
    {
        double milliseconds = TimeProvider.System.GetElapsedTime(_start).TotalMilliseconds;
        Volatile.Write(ref _start, 0);
        return milliseconds;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _note.Dispose();
        File.Delete(_path);
    }

    private void Check()
    {
        long start = Volatile.Read(ref _start);
        if (start != 0 && TimeProvider.System.GetElapsedTime(start) > Longest)
        {
            string kept = Path.Combine(_folder, $"{_target}-hang-{Volatile.Read(ref _index)}.bin");
            File.WriteAllBytes(kept, _input);
            Console.Error.WriteLine($"{_target}: input {Volatile.Read(ref _index)}, kept as '{kept}', hangs: it takes more than {Longest.TotalSeconds} seconds.");
            Environment.Exit(HangExitCode);
        }
    }
}
