using System.Diagnostics;

namespace TransferLearning;

/// <summary>Tells on the console what is being done, how far it is and how long it took.</summary>
internal sealed class Step
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _name;
    private long _lastShown;
    private int _count;

    private Step(string name)
    {
        _name = name;
        Console.Write($"{name} … ");
    }

    /// <summary>Does something and tells of it.</summary>
    internal static void Run(string name, Action<Step> work) => Run(name, step =>
    {
        work(step);
        return true;
    });

    /// <summary>Makes something and tells of it.</summary>
    internal static T Run<T>(string name, Func<Step, T> work)
    {
        Step step = new(name);
        T result = work(step);
        string end = Console.IsOutputRedirected ? string.Empty : $"\r{name} … ";
        Console.WriteLine($"{end}{step._watch.Elapsed.TotalSeconds:0.0} s  ");
        return result;
    }

    /// <summary>Counts an item and gives it back; the count is shown on a terminal, ten times a second.</summary>
    internal T Count<T>(T item)
    {
        const int IntervalMilliseconds = 100;
        _count++;
        if (!Console.IsOutputRedirected && _watch.ElapsedMilliseconds - _lastShown > IntervalMilliseconds)
        {
            _lastShown = _watch.ElapsedMilliseconds;
            Console.Write($"\r{_name} … {_count}");
        }

        return item;
    }
}
